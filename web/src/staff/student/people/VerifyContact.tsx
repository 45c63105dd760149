// Says that a person has looked at this contact and found it true. Nothing is shown to anybody by
// it, so it needs no second question; it can be undone.
import { VerifyContactDocument, type ContactRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationNotices } from '../../shell/OperationNotices.tsx';
import { useStudentView } from '../StudentContext.ts';

export function VerifyContact({ contact }: { contact: ContactRowFragment }) {
  const say = useText();
  const tell = useTell();
  const { refresh } = useStudentView();
  const verify = useOperation(VerifyContactDocument);
  const set = (verified: boolean) => {
    verify.run({ contact: contact.id, verified }, () => {
      refresh();
      if (!verified) return;
      const undo = { text: say('undo'), do: () => set(false) };
      tell({ text: say('contacts.verified.done', { name: contact.person.name }), action: undo });
    });
  };
  return (
    <>
      <Button size="small" pending={verify.pending} onPress={() => set(true)}>
        <T id="contacts.verify" />
        <span className="visually-hidden">{contact.person.name}</span>
      </Button>
      <OperationNotices of={verify} />
    </>
  );
}
