// One piece of text from the catalogue: <T id="student.goals" values={{ count: 3 }} />.
// `<b>` in a message is strong text.
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import type { MessageId } from './catalogue.ts';

export type Values = Record<string, ReactNode | Date>;

const bold = (parts: ReactNode[]) => <strong>{parts}</strong>;

export function T({ id, values }: { id: MessageId; values?: Values }) {
  return <FormattedMessage id={id} values={{ b: bold, ...values }} />;
}
