// Names the agency; a choice where a person works in several.
import { School } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Choice } from '~/components/Choice.tsx';
import { useText } from '~/i18n/useText.ts';
import { useAgency } from './Agency.tsx';
import styles from './AgencySelect.module.css';

export function AgencySelect() {
  const say = useText();
  const navigate = useNavigate();
  const { membership, memberships, choose } = useAgency();
  if (memberships.length === 1) {
    return (
      <span className={styles.agency} translate="no">
        {membership.agency.name}
      </span>
    );
  }
  return (
    <Choice
      icon={<School aria-hidden="true" size={18} />}
      label={say('frame.agency')}
      value={membership.agency.id}
      options={memberships.map(({ agency }) => ({ value: agency.id, text: agency.name }))}
      onChange={agency => {
        choose(agency);
        void navigate('/');
      }}
    />
  );
}
