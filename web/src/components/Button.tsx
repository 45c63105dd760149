// Something a person can do. `pending` keeps the button in place and says that it works.
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Spinner } from './Spinner.tsx';
import styles from './Button.module.css';

export interface ButtonProps extends Omit<
  AriaButtonProps,
  'className' | 'isPending' | 'isDisabled'
> {
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'normal' | 'small';
  pending?: boolean | undefined;
  disabled?: boolean | undefined;
  wide?: boolean;
  children: React.ReactNode;
}

export function Button({
  kind = 'secondary',
  size = 'normal',
  pending,
  disabled,
  wide,
  children,
  ...rest
}: ButtonProps) {
  const names = [styles.button, styles[kind], styles[size], wide === true && styles.wide];
  return (
    <AriaButton
      {...rest}
      className={names.filter(Boolean).join(' ')}
      isPending={pending ?? false}
      isDisabled={disabled ?? false}
    >
      {pending === true && <Spinner />}
      {children}
    </AriaButton>
  );
}
