// What the status line says, from what matters most to what matters least.
import type { Home, Outbox, Session } from '~/core/face.ts';

export type SendingState = 'parked' | 'locked' | 'offline' | 'sending' | 'fetching' | 'sent';

export function stateOf(
  session: Pick<Session, 'state'>,
  { online, fetching }: Pick<Home, 'online' | 'fetching'>,
  { operations }: Pick<Outbox, 'operations'>,
): { is: SendingState; count: number } {
  const parked = operations.filter(({ state }) => state === 'parked').length;
  const count = operations.length - parked;
  if (!online) return { is: 'offline', count };
  if (session.state === 'expired') return { is: 'locked', count };
  if (count > 0) return { is: 'sending', count };
  if (fetching !== undefined) return { is: 'fetching', count: fetching.records };
  return parked > 0 ? { is: 'parked', count: parked } : { is: 'sent', count: 0 };
}
