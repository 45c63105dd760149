// What a version says, in words: a text as it is, a meeting's time as people say it, and whether a
// visit counts.
import { useCallback } from 'react';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';

/** Only a text can be written anew; of the others one version is taken. */
export const isText = (field: string) => field !== 'time' && field !== 'reviewed';

/** As the domain keeps it: moments in microseconds. */
interface MeetingTime {
  startsAt: number;
  endsAt: number;
  place: string;
}

export function useSaid(timeZone: string): (field: string, value: string) => string {
  const say = useText();
  const dates = useDates(timeZone);
  return useCallback(
    (field, value) => {
      if (field === 'reviewed')
        return say(value === 'accepted' ? 'finding.accepted' : 'finding.refused');
      if (field !== 'time') return value;
      const { startsAt, endsAt, place } = JSON.parse(value) as MeetingTime;
      const [from, to] = [startsAt / 1_000, endsAt / 1_000];
      return say('meetings.when', { day: dates.longDay(from), time: dates.span(from, to), place });
    },
    [say, dates],
  );
}
