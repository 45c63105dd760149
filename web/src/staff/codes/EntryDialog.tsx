// How somebody gets in, the codes that were made for them, and one more: for the first time, or when
// they cannot sign in any more.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asFault } from '~/api/fault.ts';
import { request } from '~/api/request.ts';
import { EntryDocument } from '~/api/schema.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import { CodeHistory } from './CodeHistory.tsx';
import { CodeLetter } from './CodeLetter.tsx';
import { MakeCode, type Made } from './MakeCode.tsx';
import { WaysIn } from './WaysIn.tsx';

interface EntryDialogProps {
  person: { id: string; name: string; language: string | null; hasAccount: boolean };
  /** Where they type a code in. */
  at: 'phone' | 'desk';
  timeZone: string;
  onClose: () => void;
}

export function EntryDialog({ person, at, timeZone, onClose }: EntryDialogProps) {
  const queries = useQueryClient();
  const queryKey = ['entry', person.id];
  const found = useQuery({
    queryKey,
    queryFn: () => request(EntryDocument, { person: person.id }),
  });
  const [made, setMade] = useState<Made | null>(null);
  const entry =
    found.data?.node != null && 'entry' in found.data.node ? found.data.node.entry : null;
  return (
    <Dialog
      title={<T id="entry.title" values={{ name: <bdi>{person.name}</bdi> }} />}
      open
      onClose={onClose}
    >
      {made !== null ? (
        <CodeLetter
          code={made.code}
          until={made.until}
          name={person.name}
          at={at}
          timeZone={timeZone}
          language={person.language}
          onDone={onClose}
        />
      ) : (
        <>
          {found.isPending && <Skeleton lines={3} />}
          {found.isError && <FaultNotice fault={asFault(found.error)} />}
          {entry !== null && (
            <>
              <WaysIn entry={entry} />
              <CodeHistory codes={entry.invitations} timeZone={timeZone} />
              <MakeCode
                person={person}
                onClose={onClose}
                onMade={code => {
                  setMade(code);
                  void queries.invalidateQueries({ queryKey });
                }}
              />
            </>
          )}
        </>
      )}
    </Dialog>
  );
}
