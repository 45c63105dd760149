// Finds a colleague by name.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '~/api/request.ts';
import { StaffDocument } from '~/api/schema.ts';
import { ComboBox } from '~/components/ComboBox.tsx';
import { useText } from '~/i18n/useText.ts';
import { useLater } from '../../students/useLater.ts';

export interface Colleague {
  id: string;
  name: string;
}

interface StaffPickerProps {
  agency: string;
  onChoose: (person: Colleague | null) => void;
}

export function StaffPicker({ agency, onChoose }: StaffPickerProps) {
  const say = useText();
  const [text, setText] = useState('');
  const search = useLater(text, 200).trim();
  const found = useQuery({
    queryKey: ['staff', agency, search],
    queryFn: () => request(StaffDocument, { agency, search: search === '' ? null : search }),
    placeholderData: keepPreviousData,
  });
  const people = found.data?.agency?.staff.nodes ?? [];
  const options = people.map(person => ({
    id: person.id,
    text: person.name,
    note: person.staffRole === null ? undefined : say(`role.${person.staffRole}`),
  }));
  return (
    <ComboBox
      label={say('team.person')}
      help={say('team.person.help')}
      empty={say('team.person.nobody')}
      text={text}
      options={options}
      onText={setText}
      onChoose={id => onChoose(people.find(person => person.id === id) ?? null)}
    />
  );
}
