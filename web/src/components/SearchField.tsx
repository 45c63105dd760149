// Looks for something by its name; Escape or the cross empties it.
import { Search, X } from 'lucide-react';
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components';
import { useText } from '~/i18n/useText.ts';
import styles from './SearchField.module.css';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const say = useText();
  return (
    <AriaSearchField
      className={styles.search ?? ''}
      aria-label={label}
      value={value}
      onChange={onChange}
    >
      <Search aria-hidden="true" size={18} />
      <Input className={styles.input ?? ''} placeholder={label} />
      {value !== '' && (
        <Button className={styles.clear ?? ''} aria-label={say('search.clear')}>
          <X aria-hidden="true" size={18} />
        </Button>
      )}
    </AriaSearchField>
  );
}
