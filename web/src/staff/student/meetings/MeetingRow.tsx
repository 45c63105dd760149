import { useState } from 'react';
import type { MeetingRowFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { meetingKey } from '../arrivals.ts';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { Answers } from './Answers.tsx';
import { DayLeaf } from './DayLeaf.tsx';
import { MoveMeetingDialog } from './MoveMeetingDialog.tsx';
import styles from './Meetings.module.css';

export function MeetingRow({ meeting, past }: { meeting: MeetingRowFragment; past: boolean }) {
  const { timeZone, fresh } = useStudentView();
  const dates = useDates(timeZone);
  const mayMove = useMay('CALL_MEETING');
  const [moving, setMoving] = useState(false);
  return (
    <Row lead={<DayLeaf at={meeting.startsAt} />} fresh={fresh.has(meetingKey(meeting))}>
      <strong dir="auto">{meeting.purpose}</strong>
      <p className={styles.when}>
        <T
          id="meetings.when"
          values={{
            day: dates.longDay(meeting.startsAt),
            time: dates.span(meeting.startsAt, meeting.endsAt),
            place: <bdi>{meeting.place}</bdi>,
          }}
        />
      </p>
      <div className={styles.badges}>
        {past && (
          <Badge>
            <T id="meetings.past" />
          </Badge>
        )}
        {meeting.revision > 1 && (
          <Badge>
            <T id="meetings.moved" values={{ count: meeting.revision - 1 }} />
          </Badge>
        )}
      </div>
      <Answers meeting={meeting} />
      {!past && mayMove && (
        <div>
          <Button size="small" onPress={() => setMoving(true)}>
            <T id="meetings.move" />
            <span className="visually-hidden">{meeting.purpose}</span>
          </Button>
        </div>
      )}
      {moving && <MoveMeetingDialog meeting={meeting} onClose={() => setMoving(false)} />}
    </Row>
  );
}
