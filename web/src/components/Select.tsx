// One choice of a short list, drawn by the device.
import { NativeField, type NativeFieldProps } from './NativeField.tsx';

interface SelectProps<Value extends string> extends NativeFieldProps {
  value: Value;
  options: readonly { value: Value; text: string }[];
  onChange: (value: Value) => void;
}

export function Select<Value extends string>({
  value,
  options,
  onChange,
  ...field
}: SelectProps<Value>) {
  return (
    <NativeField {...field}>
      {control => (
        <select
          {...control}
          value={value}
          onChange={event => {
            const chosen = options.find(option => option.value === event.target.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </NativeField>
  );
}
