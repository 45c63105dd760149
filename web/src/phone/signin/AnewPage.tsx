// The key of this person's copy is gone, so nobody can read it any more. They have just shown who they
// are, and may begin with an empty copy.
import { Button } from '~/components/Button.tsx';
import type { Id } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useCore } from '../core/CoreProvider.tsx';
import { Door } from './Door.tsx';

export function AnewPage({ account }: { account: Id }) {
  const core = useCore();
  return (
    <Door title={<T id="anew.title" />} lead={<T id="anew.lead" />}>
      <Button kind="danger" wide onPress={() => void core.take({ type: 'anew', account })}>
        <T id="anew.action" />
      </Button>
    </Door>
  );
}
