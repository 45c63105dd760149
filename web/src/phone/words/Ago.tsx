// How long ago something was, in days as people count them: today, yesterday, 5 days ago.
import { useState } from 'react';
import { useIntl } from 'react-intl';

const DAY = 86_400_000;

export function Ago({ at }: { at: number }) {
  const intl = useIntl();
  const [now] = useState(Date.now);
  const days = Math.round((midnight(at) - midnight(now)) / DAY);
  const words =
    Math.abs(days) < 14
      ? intl.formatRelativeTime(days, 'day', { numeric: 'auto' })
      : intl.formatRelativeTime(Math.round(days / 7), 'week', { numeric: 'auto' });
  return <time dateTime={new Date(at).toISOString()}>{words}</time>;
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
