// Rows of the export that were refused, or taken and deserve a look: where they stand, and why.
import type { ImportFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { List, Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import styles from './Imports.module.css';

interface RemarksProps {
  remarks: ImportFragment['remarks'];
  refused: number;
}

export function Remarks({ remarks, refused }: RemarksProps) {
  if (remarks.length === 0) return null;
  return (
    <details className={styles.remarks}>
      <summary>
        <T id="imports.remarks" values={{ refused, noted: remarks.length - refused }} />
      </summary>
      <List>
        {remarks.map(remark => (
          <Row key={`${remark.file} ${String(remark.line)} ${remark.sourceId} ${remark.why}`}>
            <span className={styles.place}>
              <code>
                {remark.line === 0 ? remark.file : `${remark.file}:${String(remark.line)}`}
              </code>
              {remark.weight === 'REFUSED' && (
                <Badge tone="bad">
                  <T id="imports.refused" />
                </Badge>
              )}
            </span>
            <span lang="en">
              {remark.sourceId} {remark.why}
            </span>
          </Row>
        ))}
      </List>
    </details>
  );
}
