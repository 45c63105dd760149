// The log as a table, the newest day first; all of it, or one person's.
import { ScrollTable } from '~/components/ScrollTable.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import type { Day } from '~/looks/days.ts';
import { useLookWords } from '~/looks/useLookWords.ts';
import styles from './Looks.module.css';

interface LooksTableProps {
  days: readonly Day[];
  /** Whose looks alone; everybody's without. */
  person: string | null;
}

export function LooksTable({ days, person }: LooksTableProps) {
  const say = useText();
  const dates = useDates();
  const words = useLookWords();
  const all = days.flatMap(({ looks }) => looks);
  const shown = person === null ? all : all.filter(({ by }) => by.person === person);
  const columns = (['day', 'who', 'what'] as const).map(column => (
    <T key={column} id={`looks.${column}`} />
  ));
  return (
    <ScrollTable title={say('looks.table')} columns={columns}>
      {shown.map(look => (
        <tr key={`${look.on} ${look.by.person} ${String(look.asFamily)}`}>
          <td className={styles.day}>
            <time dateTime={look.on}>{dates.day(look.on)}</time>
          </td>
          <th scope="row">
            <bdi>{look.by.name}</bdi>
            <span className={styles.role}>{words.whoIs(look)}</span>
          </th>
          <td>{words.topics(look.topics)}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
