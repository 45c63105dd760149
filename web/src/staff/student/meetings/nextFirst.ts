// Meetings to come, the nearest first; then those that were, the latest first.
export function nextFirst<Meeting extends { startsAt: string; endsAt: string }>(
  meetings: readonly Meeting[],
  now: number,
): Meeting[] {
  const start = (meeting: Meeting) => Date.parse(meeting.startsAt);
  const past = (meeting: Meeting) => Date.parse(meeting.endsAt) < now;
  return [
    ...meetings.filter(meeting => !past(meeting)).sort((a, b) => start(a) - start(b)),
    ...meetings.filter(past).sort((a, b) => start(b) - start(a)),
  ];
}
