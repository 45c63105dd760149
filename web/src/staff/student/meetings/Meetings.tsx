// When the team meets, and who comes. The next meeting stands first, then the past ones.
import { CalendarDays, CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { CallMeetingDialog } from './CallMeetingDialog.tsx';
import { MeetingRow } from './MeetingRow.tsx';
import { nextFirst } from './nextFirst.ts';

export function Meetings() {
  const { student } = useStudentView();
  const mayCall = useMay('CALL_MEETING');
  const [calling, setCalling] = useState(false);
  const [now] = useState(Date.now);
  const maySee = useMay('SEE_MEETINGS');
  if (!maySee) return null;
  return (
    <Card
      id="meetings"
      title={<T id="section.meetings" />}
      action={
        mayCall && (
          <Button size="small" onPress={() => setCalling(true)}>
            <CalendarPlus aria-hidden="true" size={18} />
            <T id="meetings.call" />
          </Button>
        )
      }
    >
      {student.meetings.length === 0 ? (
        <EmptyState
          icon={<CalendarDays aria-hidden="true" size={32} />}
          title={<T id="meetings.empty" />}
        >
          <T id={mayCall ? 'meetings.empty.next' : 'meetings.empty.wait'} />
        </EmptyState>
      ) : (
        <List>
          {nextFirst(student.meetings, now).map(meeting => (
            <MeetingRow
              key={meeting.id}
              meeting={meeting}
              past={Date.parse(meeting.endsAt) < now}
            />
          ))}
        </List>
      )}
      {calling && <CallMeetingDialog onClose={() => setCalling(false)} />}
    </Card>
  );
}
