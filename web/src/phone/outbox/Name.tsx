// What somebody did, in a few words.
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';

const names: Record<string, MessageId> = {
  LogVisit: 'outbox.LogVisit',
  LogAttempt: 'outbox.LogAttempt',
  EditInput: 'outbox.EditInput',
  SubmitInput: 'outbox.SubmitInput',
  EditStatement: 'outbox.EditStatement',
  AnswerMeeting: 'outbox.AnswerMeeting',
  AskOfRecord: 'outbox.AskOfRecord',
  AskForHearing: 'outbox.AskForHearing',
  StateDisagreement: 'outbox.StateDisagreement',
  Resolve: 'outbox.Resolve',
};

export function Name({ name }: { name: string }) {
  return <T id={names[name] ?? 'outbox.other'} />;
}
