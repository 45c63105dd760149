// A PIN as it is typed: seen by nobody, remembered by no browser.
import { TextField } from '~/components/TextField.tsx';

interface PinFieldProps {
  label: string;
  help?: string;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

export function PinField(props: PinFieldProps) {
  return (
    <TextField
      {...props}
      type="password"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck="false"
      isRequired
    />
  );
}
