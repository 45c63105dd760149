// The order of the page: how it goes, what was done, what the family says, when we meet, who may.
import { Attempts } from './attempts/Attempts.tsx';
import { Contacts } from './people/Contacts.tsx';
import { Assignments } from './people/Assignments.tsx';
import { Disclosures } from './disclosures/Disclosures.tsx';
import { Choices } from './family/Choices.tsx';
import { FamilyStatement } from './family/FamilyStatement.tsx';
import { ParentInputs } from './family/ParentInputs.tsx';
import { Goals } from './goals/Goals.tsx';
import { Looks } from './looks/Looks.tsx';
import { NotReceived } from './lost/NotReceived.tsx';
import { ComingOfAge } from './majority/ComingOfAge.tsx';
import { Meetings } from './meetings/Meetings.tsx';
import { Retention } from './retention/Retention.tsx';
import { Requests } from './requests/Requests.tsx';
import { SectionNav } from './SectionNav.tsx';
import { StudentHeader } from './StudentHeader.tsx';
import type { News } from './useStudent.ts';
import { Visits } from './visits/Visits.tsx';
import styles from './Student.module.css';

export function StudentSections({
  news,
  onMoreVisits,
}: {
  news: News | null;
  onMoreVisits: () => void;
}) {
  return (
    <div className={styles.page}>
      <StudentHeader news={news} />
      <SectionNav />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Goals />
          <Visits onMore={onMoreVisits} />
          <NotReceived />
          <Looks />
          <Disclosures />
        </div>
        <div className={styles.column}>
          <Meetings />
          <Attempts />
          <FamilyStatement />
          <Requests />
          <Choices />
          <ParentInputs />
          <Contacts />
          <ComingOfAge />
          <Assignments />
          <Retention />
        </div>
      </div>
    </div>
  );
}
