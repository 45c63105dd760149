// One of many, found by typing. The list comes from outside, already searched.
import { ChevronsUpDown } from 'lucide-react';
import {
  Button,
  ComboBox as AriaComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import field from './field.module.css';
import styles from './ComboBox.module.css';

interface ComboBoxProps {
  label: string;
  help: string;
  /** Said where nothing matches. */
  empty: string;
  text: string;
  options: readonly { id: string; text: string; note?: string | undefined }[];
  onText: (text: string) => void;
  onChoose: (id: string | null) => void;
}

export function ComboBox({ label, help, empty, text, options, onText, onChoose }: ComboBoxProps) {
  return (
    <AriaComboBox
      className={field.field ?? ''}
      items={options}
      inputValue={text}
      onInputChange={onText}
      onChange={key => onChoose(key === null ? null : String(key))}
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <Label className={field.label}>{label}</Label>
      <Text slot="description" className={field.help}>
        {help}
      </Text>
      <div className={styles.box}>
        <Input className={field.control ?? ''} />
        <Button className={styles.toggle ?? ''}>
          <ChevronsUpDown aria-hidden="true" size={18} />
        </Button>
      </div>
      <Popover className={styles.popover ?? ''}>
        <ListBox
          className={styles.list ?? ''}
          renderEmptyState={() => <p className={styles.empty}>{empty}</p>}
        >
          {options.map(option => (
            <ListBoxItem
              key={option.id}
              id={option.id}
              textValue={option.text}
              className={styles.option ?? ''}
            >
              <Text slot="label">{option.text}</Text>
              {option.note !== undefined && (
                <Text slot="description" className={styles.note}>
                  {option.note}
                </Text>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
