import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { fetchingAgain } from './useWatch.ts';

const queryKey = ['student', 'ana'];

/** A page that shows a number; the server answers when the test says so, with the number then asked. */
function page() {
  const queries = new QueryClient();
  let stands = 1;
  const asked: (() => void)[] = [];
  const queryFn = () => {
    const answer = stands;
    return new Promise<number>(resolve => asked.push(() => resolve(answer)));
  };
  const observer = new QueryObserver(queries, { queryKey, queryFn });
  observer.subscribe(() => undefined);
  const hear = fetchingAgain(queries, queryKey);
  return {
    asked,
    changes: () => {
      stands += 1;
      hear();
    },
    answered: async () => {
      asked.at(-1)?.();
      await new Promise(resolve => setTimeout(resolve));
    },
    shows: () => observer.getCurrentResult().data,
  };
}

test('a change heard while the first answer is on its way is shown', async () => {
  const { asked, changes, answered, shows } = page();
  changes();
  await answered();
  await answered();
  expect([shows(), asked.length]).toEqual([2, 2]);
});

test('many changes during one fetch are one more fetch, and the last one is shown', async () => {
  const { asked, changes, answered, shows } = page();
  await answered();
  for (let times = 0; times < 5; times += 1) changes();
  await answered();
  await answered();
  await answered();
  expect([shows(), asked.length]).toEqual([6, 3]);
});

test('what is asked stays asked until the server has answered it', async () => {
  const { changes, answered, shows } = page();
  await answered();
  changes();
  changes();
  await answered();
  changes();
  await answered();
  await answered();
  expect(shows()).toBe(4);
});
