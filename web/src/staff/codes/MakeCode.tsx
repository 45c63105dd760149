// One more code. For somebody who signs in already it may sign out whoever else does as them.
import { useState } from 'react';
import { CreateEntryCodeDocument } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { CheckboxList } from '~/components/CheckboxList.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationNotices } from '../shell/OperationNotices.tsx';

export interface Made {
  code: string;
  until: string | null;
}

interface MakeCodeProps {
  person: { id: string; name: string; hasAccount: boolean };
  onMade: (made: Made) => void;
  onClose: () => void;
}

export function MakeCode({ person, onMade, onClose }: MakeCodeProps) {
  const say = useText();
  const [chosen, setChosen] = useState<string[]>([]);
  const create = useOperation(CreateEntryCodeDocument);
  const make = () => {
    const endsSignIns = chosen.includes('end');
    create.run({ person: person.id, endsSignIns }, ({ code, invitation }) => {
      if (code !== null) onMade({ code, until: invitation?.expiresAt ?? null });
    });
  };
  return (
    <>
      <p>
        <T
          id={person.hasAccount ? 'entry.again' : 'entry.first'}
          values={{ name: <bdi>{person.name}</bdi> }}
        />
      </p>
      {person.hasAccount && (
        <CheckboxList
          label={say('entry.end')}
          help={say('entry.end.why')}
          value={chosen}
          options={[{ value: 'end', text: <T id="entry.end.option" /> }]}
          onChange={setChosen}
        />
      )}
      <OperationNotices of={create} />
      <Actions>
        <Button onPress={onClose}>
          <T id="dialog.cancel" />
        </Button>
        <Button kind="primary" pending={create.pending} onPress={make}>
          <T id="entry.make" />
        </Button>
      </Actions>
    </>
  );
}
