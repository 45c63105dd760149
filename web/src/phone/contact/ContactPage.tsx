// Writes down that the family was tried to be reached: a call made on the way home, a letter, a
// visit. The record that a meeting without a parent needs (34 CFR 300.322(d)).
import { useParams } from 'react-router';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Gone } from '../student/StudentPage.tsx';
import { mayLogAttempts } from '../words/roles.ts';
import type { AttemptDraft } from './attemptDraft.ts';
import { ContactForm } from './ContactForm.tsx';

export function ContactPage() {
  const { agency = '', id = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  const begun = useScreen({ screen: 'draft', agency, student: id, name: 'LogAttempt' });
  if (shown === null || (shown && !mayLogAttempts(shown.mine.roles))) return <Gone />;
  if (shown === undefined || begun === undefined)
    return (
      <Screen title={<T id="contact.title" />} back="/" writing>
        <Skeleton lines={6} />
      </Screen>
    );
  return <ContactForm agency={agency} shown={shown} begun={begun as AttemptDraft | null} />;
}
