// How the family was tried to be reached: the record that a meeting without a parent needs
// (34 CFR 300.322(d)), so nothing here is changed, only corrected by another entry.
import { PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { AttemptRow } from './AttemptRow.tsx';
import { LogAttemptDialog } from './LogAttemptDialog.tsx';

export function Attempts() {
  const { student } = useStudentView();
  const mayLog = useMay('LOG_ATTEMPT');
  const [logging, setLogging] = useState(false);
  if (!mayLog) return null;
  return (
    <Card
      id="attempts"
      title={<T id="section.attempts" />}
      note={<T id="attempts.note" />}
      action={
        <Button size="small" onPress={() => setLogging(true)}>
          <PhoneCall aria-hidden="true" size={18} />
          <T id="attempts.log" />
        </Button>
      }
    >
      {student.contactAttempts.length === 0 ? (
        <EmptyState
          icon={<PhoneCall aria-hidden="true" size={32} />}
          title={<T id="attempts.empty" />}
        >
          <T id="attempts.empty.next" />
        </EmptyState>
      ) : (
        <List>
          {student.contactAttempts.map(attempt => (
            <AttemptRow key={attempt.id} attempt={attempt} />
          ))}
        </List>
      )}
      {logging && <LogAttemptDialog onClose={() => setLogging(false)} />}
    </Card>
  );
}
