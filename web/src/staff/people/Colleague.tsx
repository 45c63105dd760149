// One who works here: as what, whether they sign in, and how.
import { useState } from 'react';
import type { ColleagueFragment } from '~/api/schema.ts';
import { Avatar } from '~/components/Avatar.tsx';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { EntryDialog } from '../codes/EntryDialog.tsx';
import styles from './People.module.css';

interface ColleagueProps {
  person: ColleagueFragment;
  timeZone: string;
}

export function Colleague({ person, timeZone }: ColleagueProps) {
  const [open, setOpen] = useState(false);
  return (
    <Row
      lead={<Avatar name={person.name} />}
      end={
        <Button size="small" onPress={() => setOpen(true)}>
          <T id="entry.open" />
          <span className="visually-hidden">{person.name}</span>
        </Button>
      }
    >
      <span className={styles.name}>
        <bdi>{person.name}</bdi>
        <Badge tone={person.hasAccount ? 'good' : 'plain'}>
          <T id={person.hasAccount ? 'staffList.signsIn' : 'staffList.never'} />
        </Badge>
      </span>
      <span className={styles.facts}>
        {person.staffRole !== null && <T id={`role.${person.staffRole}`} />}
        {person.email !== null && (
          <>
            {' · '}
            <span translate="no">{person.email}</span>
          </>
        )}
      </span>
      {open && (
        <EntryDialog person={person} at="desk" timeZone={timeZone} onClose={() => setOpen(false)} />
      )}
    </Row>
  );
}
