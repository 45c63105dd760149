// Any number, typed on the phone's own number keys.
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '~/components/Button.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import styles from './NumberEntry.module.css';

interface NumberEntryProps {
  label: string;
  most?: number;
  onAdd: (number: number) => void;
}

export function NumberEntry({ label, most = 1e6, onAdd }: NumberEntryProps) {
  const [text, setText] = useState('');
  const number = Number(text.replace(',', '.'));
  const fits = text.trim() !== '' && number >= 0 && number <= most;
  return (
    <Form
      className={styles.entry ?? ''}
      onSubmit={event => {
        event.preventDefault();
        if (!fits) return;
        onAdd(number);
        setText('');
      }}
    >
      <TextField label={label} inputMode="decimal" value={text} onChange={setText} />
      <Button type="submit" disabled={!fits}>
        <T id="visit.add" />
      </Button>
    </Form>
  );
}
