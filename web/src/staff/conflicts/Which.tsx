// Which of a student's visits, attempts or meetings they disagree on; nothing where there is only one such
// record.
import type { ConflictCardFragment } from '~/api/schema.ts';
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useText } from '~/i18n/useText.ts';
import styles from './Conflicts.module.css';

interface WhichProps {
  about: ConflictCardFragment['about'];
  timeZone: string;
}

export function Which({ about, timeZone }: WhichProps) {
  const say = useText();
  const dates = useDates(timeZone);
  const service = useNamed('service');
  if (about === null) return null;
  const words = [
    about.service === null ? null : service(about.service),
    about.channel === null ? null : say(`attempts.channel.${about.channel}`),
    about.at === null ? null : dates.moment(about.at),
    about.purpose,
  ];
  return (
    <span className={styles.facts}>
      <bdi>{words.filter(Boolean).join(' · ')}</bdi>
    </span>
  );
}
