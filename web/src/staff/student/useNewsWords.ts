// What came in, as one phrase: `1 visit and 3 scores from Dana Ruiz`.
import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '~/i18n/useText.ts';
import type { Arrival, ArrivalKind } from './arrivals.ts';

// A conflict is told before the text it is about.
const order: ArrivalKind[] = [
  'visit',
  'point',
  'attempt',
  'input',
  'request',
  'answer',
  'conflict',
  'statement',
  'meeting',
  'lost',
];

export function useNewsWords(): (arrivals: readonly Arrival[]) => string {
  const intl = useIntl();
  const say = useText();
  return useCallback(
    arrivals => {
      const told = order.flatMap(kind => {
        const count = arrivals.filter(arrival => arrival.kind === kind).length;
        return count === 0 ? [] : [say(`live.kind.${kind}`, { count })];
      });
      const people = [...new Set(arrivals.flatMap(arrival => arrival.by ?? []))];
      const what = intl.formatList(told);
      return people.length === 0 ? what : say('live.from', { what, who: intl.formatList(people) });
    },
    [intl, say],
  );
}
