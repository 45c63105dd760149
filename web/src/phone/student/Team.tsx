// The people around a child, each with what they do.
import { Avatar } from '~/components/Avatar.tsx';
import { List, Row } from '~/components/List.tsx';
import type { Student } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { Service } from '../words/Service.tsx';
import styles from './Visits.module.css';

const roles: Record<string, MessageId> = {
  case_manager: 'role.caseManager',
  teacher: 'role.teacher',
  guardian: 'role.guardian',
  provider: 'role.provider',
};

export function Team({ team }: { team: Student['team'] }) {
  return (
    <div className={styles.card}>
      <List>
        {team.map(({ person, name, role, service }) => (
          <Row key={`${person} ${role} ${service ?? ''}`} lead={<Avatar name={name} />}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
            <span className={styles.soft}>
              {service ? <Service service={service} /> : <T id={roles[role] ?? 'role.member'} />}
            </span>
          </Row>
        ))}
      </List>
    </div>
  );
}
