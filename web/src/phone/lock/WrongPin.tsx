// Says that a PIN was not right, and when another one is looked at.
import { useEffect, useState } from 'react';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';

const MINUTE = 60_000;
const SECOND = 1_000;

/** Whether that moment is still to come. */
export function useWait(until = 0): boolean {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until <= now) return;
    // By small steps: a phone that slept, or whose clock was set, has waited too.
    const timer = setTimeout(() => setNow(Date.now()), SECOND);
    return () => clearTimeout(timer);
  }, [until, now]);
  return until > now;
}

export function WrongPin({ wrong, until = 0 }: { wrong: boolean; until?: number | undefined }) {
  const waits = useWait(until);
  const dates = useDates();
  if (waits)
    return (
      <Notice tone="bad">
        <T id="lock.wait" values={{ time: dates.time(until + MINUTE - 1) }} />
      </Notice>
    );
  if (!wrong) return null;
  return (
    <Notice tone="bad">
      <T id="lock.wrong" />
    </Notice>
  );
}
