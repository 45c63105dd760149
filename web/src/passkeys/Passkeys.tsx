// A person's passkeys: those there are, one more, and the end of one.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PasskeyRowFragment } from '~/api/schema.ts';
import { Card } from '~/components/Card.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { AddPasskey } from './AddPasskey.tsx';
import { Failed } from './Failed.tsx';
import type { Keys } from './keys.ts';
import { PasskeyRow } from './PasskeyRow.tsx';
import { useOffered } from './useOffered.ts';

const queryKey = ['passkeys'];

export function Passkeys({ keys }: { keys: Keys }) {
  const offered = useOffered();
  const queries = useQueryClient();
  const passkeys = useQuery({ queryKey, queryFn: () => keys.list() });
  const all = passkeys.data ?? [];
  const changed = (now: PasskeyRowFragment[]) => queries.setQueryData(queryKey, now);
  if (offered !== true && all.length === 0) return null;
  return (
    <Card title={<T id="passkeys.title" />} note={<T id="passkeys.why" />}>
      {passkeys.isError && <Failed error={passkeys.error} />}
      {all.length > 0 && (
        <List>
          {all.map(passkey => (
            <PasskeyRow key={passkey.id} passkey={passkey} keys={keys} onChanged={changed} />
          ))}
        </List>
      )}
      {offered === true && <AddPasskey keys={keys} onAdded={() => void passkeys.refetch()} />}
    </Card>
  );
}
