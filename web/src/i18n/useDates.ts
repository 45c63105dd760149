// Days and times as people say them, in the agency's time zone: a visit at 9 in the morning is at 9
// for everybody who reads about it.
import { useMemo } from 'react';
import { useIntl } from 'react-intl';

type Moment = string | number | Date;

export function useDates(timeZone?: string) {
  const { locale } = useIntl();
  return useMemo(() => {
    const zone = timeZone === undefined ? {} : { timeZone };
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, options);
    const moment = format({ ...zone, dateStyle: 'medium', timeStyle: 'short' });
    const long = format({ ...zone, weekday: 'long', month: 'long', day: 'numeric' });
    const date = format({ ...zone, dateStyle: 'medium' });
    const time = format({ ...zone, timeStyle: 'short' });
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const named =
      timeZone === undefined || timeZone === here ? {} : ({ timeZoneName: 'short' } as const);
    const span = format({ ...zone, hour: 'numeric', minute: 'numeric', ...named });
    const monthOf = format({ ...zone, month: 'short' });
    const dayOf = format({ ...zone, day: 'numeric' });
    const calendar = format({ timeZone: 'UTC', dateStyle: 'medium' });
    const calendarLong = format({
      timeZone: 'UTC',
      weekday: 'long',
      year: 'numeric',
      month: 'long',
      day: 'numeric',
    });
    const month = format({ timeZone: 'UTC', month: 'short' });
    const monthDay = format({ timeZone: 'UTC', month: 'short', day: 'numeric' });
    return {
      /** Nov 3, 2026, 9:15 AM */
      moment: (at: Moment) => moment.format(new Date(at)),
      /** Tuesday, November 3 */
      longDay: (at: Moment) => long.format(new Date(at)),
      /** Nov 3, 2026, where the moment fell */
      dateOf: (at: Moment) => date.format(new Date(at)),
      /** Nov, and 3, of the day on which the moment fell */
      monthOf: (at: Moment) => monthOf.format(new Date(at)),
      dayOf: (at: Moment) => dayOf.format(new Date(at)),
      /** 9:15 AM */
      time: (at: Moment) => time.format(new Date(at)),
      /** 9:15 – 9:45 AM, with the zone's name where the reader's clock shows another */
      span: (from: Moment, to: Moment) => span.formatRange(new Date(from), new Date(to)),
      /** A calendar day `2026-11-03`, which has no zone. */
      day: (on: string) => calendar.format(new Date(`${on}T00:00:00Z`)),
      /** Tuesday, November 3, 2026, likewise */
      longDayOn: (on: string) => calendarLong.format(new Date(`${on}T00:00:00Z`)),
      /** Nov, of a calendar day or a UTC moment: for axes. */
      month: (on: Moment) => month.format(new Date(on)),
      /** Nov 15, likewise */
      monthDay: (on: Moment) => monthDay.format(new Date(on)),
    };
  }, [locale, timeZone]);
}
