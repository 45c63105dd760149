// What every part of a student's page needs to know.
import { createContext, useContext } from 'react';
import type { StudentPageFragment } from '~/api/schema.ts';

export interface StudentView {
  student: StudentPageFragment;
  timeZone: string;
  /** Keys of what came in while the page was open. */
  fresh: ReadonlySet<string>;
  /** Fetches the page again after one's own change. */
  refresh: () => void;
}

export const StudentContext = createContext<StudentView | null>(null);

export function useStudentView(): StudentView {
  const view = useContext(StudentContext);
  if (view === null) throw new Error('useStudentView outside a student page');
  return view;
}
