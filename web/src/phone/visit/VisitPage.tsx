// Logs a visit. Opens on "it has just ended", so that a usual visit with three scores is five
// touches; each page of the form has one id, so that pressing twice logs one visit.
import { useParams } from 'react-router';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useState } from 'react';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Gone } from '../student/StudentPage.tsx';
import { Kept } from './Kept.tsx';
import type { VisitDraft } from './visitDraft.ts';
import { VisitForm } from './VisitForm.tsx';

export function VisitPage() {
  const { agency = '', id = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  const begun = useScreen({ screen: 'draft', agency, student: id, name: 'LogVisit' });
  const [kept, setKept] = useState<string | null>(null);
  if (shown === null) return <Gone />;
  if (shown === undefined || begun === undefined)
    return (
      <Screen title={<T id="visit.log" />} back="/" writing>
        <Skeleton lines={6} />
      </Screen>
    );
  if (kept !== null)
    return <Kept shown={shown} visit={kept} onUndone={() => setKept(null)} key={kept} />;
  return (
    <VisitForm agency={agency} shown={shown} begun={begun as VisitDraft | null} onKept={setKept} />
  );
}
