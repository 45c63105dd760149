// Students with a plan, or everybody.
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import styles from './Students.module.css';

export function PlanFilter({
  withPlan,
  onChange,
}: {
  withPlan: boolean;
  onChange: (withPlan: boolean) => void;
}) {
  const say = useText();
  return (
    <ToggleButtonGroup
      className={styles.filter ?? ''}
      aria-label={say('students.filter')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[withPlan ? 'plan' : 'all']}
      onSelectionChange={keys => onChange(keys.has('plan'))}
    >
      <ToggleButton id="plan" className={styles.option ?? ''}>
        <T id="students.filter.plan" />
      </ToggleButton>
      <ToggleButton id="all" className={styles.option ?? ''}>
        <T id="students.filter.all" />
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
