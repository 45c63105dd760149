// The sign-in ended while a page was open: asks for it on top, so that nothing typed is lost.
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Dialog } from '~/components/Dialog.tsx';
import { T } from '~/i18n/T.tsx';
import { sessionEnd } from '~/api/sessionEnd.ts';
import { SignInForm } from './SignInForm.tsx';
import { viewerKey } from './useViewer.ts';

export function SignInAgain({ onLeave }: { onLeave: () => void }) {
  const queries = useQueryClient();
  const ended = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.get);
  const goOn = () => {
    sessionEnd.set(false);
    void queries.invalidateQueries({ queryKey: viewerKey }).then(() => queries.invalidateQueries());
  };
  return (
    <Dialog title={<T id="session.ended" />} open={ended} onClose={onLeave}>
      <p>
        <T id="session.ended.next" />
      </p>
      <SignInForm onSignedIn={goOn} stays />
    </Dialog>
  );
}
