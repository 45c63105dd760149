// Something about a visit that a person should look at.
import { Flag as FlagIcon } from 'lucide-react';
import { Badge } from '~/components/Badge.tsx';
import { useNamed } from '~/i18n/useNamed.ts';

export function Flag({ flag }: { flag: string }) {
  const name = useNamed('flag');
  return (
    <Badge tone="aim" icon={<FlagIcon aria-hidden="true" />}>
      {name(flag)}
    </Badge>
  );
}
