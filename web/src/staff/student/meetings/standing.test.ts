import { expect, test } from 'vitest';
import { standing, type Answer } from './standing.ts';

const by = (name: string) => ({ person: `per_${name}`, name });
const answer = (name: string, said: Answer['answer'], receivedAt: string): Answer => ({
  by: by(name),
  answer: said,
  note: '',
  revision: 1,
  toOldTime: false,
  answeredAt: receivedAt,
  receivedAt,
});

test('a second answer stands in place of the first, whoever was invited stays in order', () => {
  const rows = standing({
    invited: [by('Ana'), by('Ben')],
    answers: [
      answer('Ben', 'NO', '2026-11-02T10:00:00Z'),
      answer('Ben', 'YES', '2026-11-03T10:00:00Z'),
      answer('Cruz', 'YES', '2026-11-01T10:00:00Z'),
    ],
  });
  expect(rows.map(row => [row.name, row.answer?.answer])).toEqual([
    ['Ana', undefined],
    ['Ben', 'YES'],
    ['Cruz', 'YES'],
  ]);
});
