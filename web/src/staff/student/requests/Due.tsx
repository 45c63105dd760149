// By when a record has to be shown, and whether that day is over where the agency is.
import { Badge } from '~/components/Badge.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { toWall } from '~/i18n/zoned.ts';

export function Due({ on, timeZone }: { on: string; timeZone: string }) {
  const dates = useDates();
  const today = toWall(new Date().toISOString(), timeZone).slice(0, 10);
  const late = on < today;
  return (
    <Badge tone={late ? 'bad' : 'plain'}>
      <T id={late ? 'requests.overdue' : 'requests.due'} values={{ day: dates.day(on) }} />
    </Badge>
  );
}
