// Who was invited and what each said last, in the order of the invitation; then those who answered
// without having been on the list. Of two answers from two devices the later one is shown, as on the
// person's own phone, where they are asked which one holds.
import type { MeetingRowFragment } from '~/api/schema.ts';

type Meeting = Pick<MeetingRowFragment, 'invited' | 'answers'>;
export type Answer = MeetingRowFragment['answers'][number];

export interface Standing {
  person: string;
  name: string;
  answer: Answer | undefined;
  /** Another answer of theirs to the same time says otherwise. */
  two: boolean;
}

export function standing({ invited, answers }: Meeting): Standing[] {
  const guests = invited.map(each => each.person);
  const others = answers.map(answer => answer.by).filter(by => !guests.includes(by.person));
  const people = new Map([...invited, ...others].map(each => [each.person, each.name]));
  return [...people].map(([person, name]) => {
    const theirs = answers.filter(({ by }) => by.person === person).sort(earlierFirst);
    const answer = theirs.at(-1);
    const two = theirs.some(one => !one.toOldTime && one.answer !== answer?.answer);
    return { person, name, answer, two };
  });
}

function earlierFirst(one: Answer, other: Answer): number {
  return one.answeredAt.localeCompare(other.answeredAt);
}
