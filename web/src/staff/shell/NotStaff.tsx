// Somebody signed in who is no agency's staff: most often a parent at the wrong door.
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { useSignOut } from '../session/useSignOut.ts';
import { Lonely } from './Lonely.tsx';

export function NotStaff() {
  const { signOut } = useSignOut();
  return (
    <Lonely>
      <h1>
        <T id="notStaff.title" />
      </h1>
      <Notice>
        <T id="notStaff.next" />
      </Notice>
      <p>
        <a href="/phone/">
          <T id="notStaff.phone" />
        </a>
      </p>
      <Button onPress={() => void signOut()}>
        <T id="account.signOut" />
      </Button>
    </Lonely>
  );
}
