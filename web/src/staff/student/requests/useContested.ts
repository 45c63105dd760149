// What is said to be wrong, as the page names it; null where it is not one thing.
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useStudentView } from '../StudentContext.ts';

export function useContested(contests: string | null): string | null {
  const { student, timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const service = useNamed('service');
  if (contests === null) return null;
  const goal = student.goals.find(({ id }) => id === contests);
  if (goal !== undefined) return goal.title;
  const visit = student.visits.nodes.find(({ id }) => id === contests);
  if (visit !== undefined) return `${service(visit.service)} · ${dates.moment(visit.startedAt)}`;
  const meeting = student.meetings.find(({ id }) => id === contests);
  return meeting === undefined ? null : `${meeting.purpose} · ${dates.dateOf(meeting.startsAt)}`;
}
