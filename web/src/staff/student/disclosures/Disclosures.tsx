// What of the record was given to people outside, and who asked for it (34 CFR 99.32, 300.614). The
// director writes it down; the family reads the same list.
import { useQueryClient } from '@tanstack/react-query';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { asFault } from '~/api/fault.ts';
import { request } from '~/api/request.ts';
import { DisclosuresDocument, type DisclosureFragment } from '~/api/schema.ts';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { Disclosed } from '~/disclosures/Disclosed.tsx';
import { DISCLOSURES, useDisclosures } from '~/disclosures/useDisclosures.ts';
import { T } from '~/i18n/T.tsx';
import { FaultNotice } from '../../shell/FaultNotice.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { useMay } from '../useMay.ts';
import { DisclosureDialog } from './DisclosureDialog.tsx';
import { kinds, type Kind } from './kinds.ts';
import { WithdrawDialog } from './WithdrawDialog.tsx';

export function Disclosures() {
  const mayRead = useMay('SEE_DISCLOSURES');
  return (
    mayRead && (
      <Card
        id="disclosures"
        title={<T id="disclosures.title" />}
        note={<T id="disclosures.note" />}
      >
        <Entries />
      </Card>
    )
  );
}

/** What is being written down: something new, or what stands instead of a wrong entry. */
interface Writing {
  kind: Kind | 'mistake';
  wrong?: DisclosureFragment;
}

function Entries() {
  const { student } = useStudentView();
  const author = useAuthorName();
  const mayWrite = useMay('DISCLOSE');
  const queries = useQueryClient();
  const { data, isPending, isError, error, refetch } = useDisclosures(student.id, variables =>
    request(DisclosuresDocument, variables),
  );
  const [writing, setWriting] = useState<Writing | null>(null);
  const close = () => setWriting(null);
  const done = () => {
    close();
    void queries.invalidateQueries({ queryKey: [DISCLOSURES, student.id] });
  };
  return (
    <>
      {isPending && <Skeleton lines={3} />}
      {isError && <FaultNotice fault={asFault(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState
          icon={<Share2 aria-hidden="true" size={32} />}
          title={<T id="disclosures.empty" />}
        >
          <T id="disclosures.empty.next" />
        </EmptyState>
      )}
      {data != null && data.length > 0 && (
        <List>
          {data.map(entry => (
            <Disclosed key={entry.id} entry={entry} author={author(entry.recordedBy)}>
              {mayWrite && entry.act !== 'MISTAKEN' && entry.correctedBy === null && (
                <Actions>
                  <Button
                    size="small"
                    onPress={() =>
                      setWriting({
                        kind: entry.act === 'REQUESTED' ? 'asked' : 'given',
                        wrong: entry,
                      })
                    }
                  >
                    <T id="disclosures.correct" />
                    <span className="visually-hidden">{entry.party}</span>
                  </Button>
                  <Button
                    size="small"
                    onPress={() => setWriting({ kind: 'mistake', wrong: entry })}
                  >
                    <T id="disclosures.withdraw" />
                    <span className="visually-hidden">{entry.party}</span>
                  </Button>
                </Actions>
              )}
            </Disclosed>
          ))}
        </List>
      )}
      {mayWrite && (
        <Actions>
          {kinds.map(kind => (
            <Button key={kind} size="small" onPress={() => setWriting({ kind })}>
              <T id={`disclosures.${kind}`} />
            </Button>
          ))}
        </Actions>
      )}
      {writing !== null && writing.kind !== 'mistake' && (
        <DisclosureDialog
          kind={writing.kind}
          wrong={writing.wrong ?? null}
          onClose={close}
          onDone={done}
        />
      )}
      {writing?.kind === 'mistake' && writing.wrong !== undefined && (
        <WithdrawDialog entry={writing.wrong} onClose={close} onDone={done} />
      )}
    </>
  );
}
