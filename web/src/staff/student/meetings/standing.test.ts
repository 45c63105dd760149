import { expect, test } from 'vitest';
import { standing, type Answer } from './standing.ts';

const by = (name: string) => ({ person: `per_${name}`, name });
const answer = (name: string, said: Answer['answer'], answeredAt: string): Answer => ({
  by: by(name),
  answer: said,
  note: '',
  revision: 1,
  toOldTime: false,
  answeredAt,
  receivedAt: '2026-11-05T10:00:00Z',
});

test('of two answers the later one is shown, whoever was invited stays in order', () => {
  const rows = standing({
    invited: [by('Ana'), by('Ben')],
    answers: [
      answer('Ben', 'NO', '2026-11-02T10:00:00Z'),
      answer('Ben', 'YES', '2026-11-03T10:00:00Z'),
      answer('Cruz', 'YES', '2026-11-01T10:00:00Z'),
    ],
  });
  expect(rows.map(row => [row.name, row.answer?.answer, row.two])).toEqual([
    ['Ana', undefined, false],
    ['Ben', 'YES', true],
    ['Cruz', 'YES', false],
  ]);
});
