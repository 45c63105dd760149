// Opens the dialog in which a person chooses. After a choice it can be opened again to take that
// back: the new choice takes its place.
import { useState, type ReactNode } from 'react';
import { ConflictDialog, type Disputed } from './ConflictDialog.tsx';

interface Opened {
  conflict: Disputed;
  /** The choice that is taken back, where one was made. */
  undoes: string | null;
}

interface Settling {
  settle: (conflict: Disputed, undoes?: string | null) => void;
  dialog: ReactNode;
}

/** `standing`: the conflicts as they are now; a version may come while the dialog is open. */
export function useSettling(
  timeZone: string,
  standing: readonly Disputed[],
  onSettled: () => void,
): Settling {
  const [opened, setOpened] = useState<Opened | null>(null);
  const settle = (conflict: Disputed, undoes: string | null = null) =>
    setOpened({ conflict, undoes });
  if (opened === null) return { settle, dialog: null };
  const { conflict, undoes } = opened;
  const now = standing.find(({ id }) => id === conflict.id);
  const dialog = (
    <ConflictDialog
      key={`${conflict.id} ${undoes ?? ''}`}
      conflict={undoes === null ? (now ?? conflict) : conflict}
      timeZone={timeZone}
      undoes={undoes}
      onSettled={onSettled}
      onUndo={choice => settle(conflict, choice)}
      onClose={() => setOpened(null)}
    />
  );
  return { settle, dialog };
}
