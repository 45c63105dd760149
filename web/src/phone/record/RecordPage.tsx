// What a family may ask of the record that the school keeps: to see it, to have it corrected, and
// where the school will not, to have the family's own words stand beside it. Works offline; the days
// count from when the school gets it (34 CFR 300.613, 300.618 to 300.620).
import { BookOpenText, PencilLine } from 'lucide-react';
import { useParams } from 'react-router';
import { EmptyState } from '~/components/EmptyState.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { TakeCopy } from '~/copies/TakeCopy.tsx';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Gone } from '../student/StudentPage.tsx';
import { paths } from '../words/paths.ts';
import { isFamily } from '../words/roles.ts';
import { Way, Ways } from '../words/Way.tsx';
import { RequestCard } from './RequestCard.tsx';
import { useCopy } from './useCopy.ts';
import styles from '../student/StudentPage.module.css';

export function RecordPage() {
  const { agency = '', id = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  if (shown === null || (shown && !isFamily(shown.mine.roles))) return <Gone />;
  const whose = { agency, id };
  return (
    <Screen
      title={<T id="record.title" />}
      under={shown && <bdi>{shown.student.name}</bdi>}
      back={paths.student(whose)}
    >
      <p>
        <T id="record.lead" />
      </p>
      <Ways>
        <li>
          <Way
            to={paths.ask(whose, 'see')}
            icon={<BookOpenText aria-hidden="true" />}
            help={<T id="record.see.why" />}
          >
            <T id="record.see" />
          </Way>
        </li>
        <li>
          <Way
            to={paths.ask(whose, 'correct')}
            icon={<PencilLine aria-hidden="true" />}
            help={<T id="record.correct.why" />}
          >
            <T id="record.correct" />
          </Way>
        </li>
      </Ways>
      <Copy agency={agency} id={id} />
      <section className={styles.part}>
        <h2>
          <T id="record.asked" />
        </h2>
        {shown === undefined && <Skeleton lines={4} />}
        {shown?.requests.length === 0 && (
          <EmptyState
            icon={<BookOpenText aria-hidden="true" size={32} />}
            title={<T id="record.none" />}
          >
            <T id="record.none.why" />
          </EmptyState>
        )}
        {shown?.requests.map(request => (
          <RequestCard key={request.id} request={request} child={shown} />
        ))}
      </section>
    </Screen>
  );
}

function Copy({ agency, id }: { agency: string; id: string }) {
  return (
    <section className={styles.part}>
      <h2>
        <T id="record.copy" />
      </h2>
      <p>
        <T id="record.copy.lead" />
      </p>
      <p>
        <T id="copy.safe" />
      </p>
      <TakeCopy take={useCopy(agency, id)}>
        <T id="copy.take" />
      </TakeCopy>
    </section>
  );
}
