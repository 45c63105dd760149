// Versions between which somebody has to choose, where they are no part of the statement, and every
// choice that was made about this student.
import { Card } from '~/components/Card.tsx';
import { Button } from '~/components/Button.tsx';
import { List, Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { Choice } from '../../conflicts/Choice.tsx';
import { nameOf } from '../../conflicts/fields.ts';
import { isText } from '../../conflicts/useSaid.ts';
import { useSettling } from '../../conflicts/useSettling.tsx';
import { Which } from '../../conflicts/Which.tsx';
import { useStudentView } from '../StudentContext.ts';

export function Choices() {
  const { student, timeZone, refresh } = useStudentView();
  const { settle, dialog } = useSettling(timeZone, student.conflicts, refresh);
  const open = student.conflicts.filter(({ field }) => !isText(field));
  const made = [...student.settledConflicts].reverse();
  if (open.length + made.length === 0) return null;
  return (
    <Card id="choices" title={<T id="conflicts.title" />} note={<T id="conflicts.note" />}>
      <List>
        {open.map(conflict => (
          <Row
            key={conflict.id}
            end={
              conflict.mayChoose ? (
                <Button size="small" onPress={() => settle(conflict)}>
                  <T id="conflict.open" />
                </Button>
              ) : undefined
            }
          >
            <strong>
              <T id={nameOf(conflict.field)} />
            </strong>
            <Which about={conflict.about} timeZone={timeZone} />
            <span>
              <T id="conflict.waits" values={{ count: conflict.alternatives.length }} />
            </span>
          </Row>
        ))}
        {made.map(choice => (
          <Choice key={choice.choice} choice={choice} timeZone={timeZone} onUndo={settle} />
        ))}
      </List>
      {dialog}
    </Card>
  );
}
