// One import: how many of each kind came, changed and ended, and the rows that deserve a look.
import type { ImportFragment } from '~/api/schema.ts';
import { Card } from '~/components/Card.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useText } from '~/i18n/useText.ts';
import { Remarks } from './Remarks.tsx';
import styles from './Imports.module.css';

const columns = ['created', 'updated', 'unchanged', 'ended'] as const;

interface ImportCardProps {
  imported: ImportFragment;
  timeZone: string;
}

export function ImportCard({ imported, timeZone }: ImportCardProps) {
  const dates = useDates(timeZone);
  const say = useText();
  const what = useNamed('rostered');
  const moment = dates.moment(imported.importedAt);
  const counts = say('imports.counts', { moment });
  return (
    <Card title={moment} note={imported.format}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must take focus */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={counts}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              {columns.map(column => (
                <th key={column} scope="col">
                  <T id={`imports.${column}`} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {imported.sections.map(section => (
              <tr key={section.what}>
                <th scope="row">{what(section.what)}</th>
                {columns.map(column => (
                  <td key={column}>{section[column]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Remarks remarks={imported.remarks} refused={imported.refused} />
    </Card>
  );
}
