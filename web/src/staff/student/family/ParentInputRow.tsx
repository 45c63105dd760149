import type { ParentInputFragment } from '~/api/schema.ts';
import { Avatar } from '~/components/Avatar.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import styles from './Family.module.css';

const fields = ['strengths', 'concerns', 'hopes'] as const;

export function ParentInputRow({ input }: { input: ParentInputFragment }) {
  const { timeZone, fresh } = useStudentView();
  const dates = useDates(timeZone);
  const answered = fields.filter(field => input[field] !== '');
  return (
    <Row lead={<Avatar name={input.by.name} />} fresh={fresh.has(input.id)}>
      <strong translate="no">
        <bdi>{input.by.name}</bdi>
      </strong>
      <p className={styles.when}>
        <T id="inputs.submitted" values={{ at: dates.moment(input.submittedAt) }} />
      </p>
      <dl className={styles.answers}>
        {answered.map(field => (
          <div key={field}>
            <dt>
              <T id={`inputs.${field}`} />
            </dt>
            <dd className={styles.text} dir="auto">
              {input[field]}
            </dd>
          </div>
        ))}
      </dl>
    </Row>
  );
}
