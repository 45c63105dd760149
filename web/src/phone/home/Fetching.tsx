// The first data is on its way: how much is here already, and that one may begin with it.
import { Notice } from '~/components/Notice.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import type { Home } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';

export function Fetching({ fetching, online }: Required<Pick<Home, 'fetching' | 'online'>>) {
  const { students, records } = fetching;
  const none = students === 0;
  return (
    <>
      <Notice
        tone={online ? 'info' : 'aim'}
        title={<T id={online ? 'fetching.title' : 'fetching.stopped'} />}
      >
        <T id={none ? 'fetching.none' : 'fetching.some'} values={{ students, records }} />
      </Notice>
      {none && online && <Skeleton lines={5} />}
    </>
  );
}
