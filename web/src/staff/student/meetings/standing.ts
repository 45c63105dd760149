// Who was invited and what each said last, in the order of the invitation; then those who answered
// without having been on the list.
import type { MeetingRowFragment } from '~/api/schema.ts';

type Meeting = Pick<MeetingRowFragment, 'invited' | 'answers'>;
export type Answer = MeetingRowFragment['answers'][number];

export interface Standing {
  person: string;
  name: string;
  answer: Answer | undefined;
}

export function standing({ invited, answers }: Meeting): Standing[] {
  const last = new Map<string, Answer>();
  for (const answer of answers) {
    const known = last.get(answer.by.person);
    if (known === undefined || known.receivedAt <= answer.receivedAt)
      last.set(answer.by.person, answer);
  }
  const guests = invited.map(each => each.person);
  const others = answers.map(answer => answer.by).filter(by => !guests.includes(by.person));
  const people = new Map([...invited, ...others].map(each => [each.person, each.name]));
  return [...people].map(([person, name]) => ({ person, name, answer: last.get(person) }));
}
