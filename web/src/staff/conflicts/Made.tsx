// Choices that were made, the newest first.
import { History } from 'lucide-react';
import type { ConflictsQuery } from '~/api/schema.ts';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { Choice, type OnUndo } from './Choice.tsx';
import { StudentLink } from './StudentLink.tsx';

interface MadeProps {
  choices: NonNullable<ConflictsQuery['agency']>['settledConflicts'];
  timeZone: string;
  onUndo: OnUndo;
}

export function Made({ choices, timeZone, onUndo }: MadeProps) {
  if (choices.length === 0)
    return (
      <EmptyState
        icon={<History aria-hidden="true" size={32} />}
        title={<T id="conflicts.made.empty" />}
      >
        <T id="conflicts.made.empty.next" />
      </EmptyState>
    );
  return (
    <Card>
      <List>
        {choices.map(choice => (
          <Choice
            key={choice.choice}
            choice={choice}
            about={<StudentLink student={choice.student} />}
            timeZone={timeZone}
            onUndo={onUndo}
          />
        ))}
      </List>
    </Card>
  );
}
