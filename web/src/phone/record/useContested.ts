// What is said to be wrong, as somebody would name it; null where it is not one thing, or has left
// this phone.
import type { Contested, Student } from '~/core/face.ts';
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';

export function useContested(shown: Student, contested: Contested | null): string | null {
  const dates = useDates();
  const service = useNamed('service');
  if (contested === null) return null;
  const { kind, id } = contested;
  switch (kind) {
    case 'goal':
      return shown.goals.find(goal => goal.id === id)?.title ?? null;
    case 'visit': {
      const visit = shown.visits.find(visit => visit.id === id);
      return visit === undefined
        ? null
        : `${service(visit.service)} · ${dates.moment(visit.startedAt)}`;
    }
    case 'meeting': {
      const meeting = shown.meetings.find(({ meeting }) => meeting === id);
      return meeting === undefined ? null : dates.longDay(meeting.startsAt);
    }
  }
}
