// Whether the browser promised to keep what is on this phone. It is asked once a person works here.
import { useQuery } from '@tanstack/react-query';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';

export function Storage() {
  const { data: promised } = useQuery({
    queryKey: ['persist'],
    queryFn: () => navigator.storage.persist(),
  });
  if (promised === undefined) return null;
  return (
    <Notice tone={promised ? 'good' : 'info'}>
      <T id={promised ? 'settings.storage.promised' : 'settings.storage.maybe'} />
    </Notice>
  );
}
