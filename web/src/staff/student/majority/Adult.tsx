// Who decides since the student is of age, and how the student gets in.
import { useState } from 'react';
import type { ComingOfAgeFragment } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { EntryDialog } from '../../codes/EntryDialog.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { standsFor } from './ofAge.ts';
import styles from '../people/People.module.css';

export function Adult({ coming, now }: { coming: ComingOfAgeFragment; now: number }) {
  const { student, timeZone } = useStudentView();
  const mayKeep = useMay('KEEP_RIGHTS');
  const [open, setOpen] = useState(false);
  const standsIn = standsFor(student, now);
  const name = <bdi>{student.name}</bdi>;
  return (
    <>
      <p>
        {standsIn === undefined ? (
          <T id="majority.alone" values={{ name }} />
        ) : (
          <T id="majority.rests" values={{ name, by: <bdi>{standsIn.name}</bdi> }} />
        )}
      </p>
      {mayKeep && standsIn === undefined && coming.person !== null && (
        <div className={styles.actions}>
          <Button size="small" kind="primary" onPress={() => setOpen(true)}>
            <T id="entry.open" />
            <span className="visually-hidden">{coming.person.name}</span>
          </Button>
        </div>
      )}
      {open && coming.person !== null && (
        <EntryDialog
          person={coming.person}
          at="phone"
          timeZone={timeZone}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
