// What was given to people outside, as the server tells it to whoever may know; null for all others.
// It is asked each time and kept nowhere: who may read it can change from one day to the next.
import { useQuery } from '@tanstack/react-query';
import type {
  DisclosureFragment,
  DisclosuresQuery,
  DisclosuresQueryVariables,
} from '~/api/schema.ts';

export const DISCLOSURES = 'disclosures';

interface Patience {
  networkMode?: 'always';
  retry?: (count: number, error: Error) => boolean;
  retryDelay?: number;
}

export function useDisclosures(
  student: string,
  ask: (variables: DisclosuresQueryVariables) => Promise<DisclosuresQuery>,
  patience: Patience = {},
) {
  return useQuery({
    ...patience,
    queryKey: [DISCLOSURES, student],
    queryFn: async (): Promise<DisclosureFragment[] | null> => {
      const { node } = await ask({ id: student });
      const mayRead = node != null && 'can' in node && node.can.includes('SEE_DISCLOSURES');
      return mayRead ? node.disclosures : null;
    },
  });
}
