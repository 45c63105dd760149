// What the reader of a student's page may see and do there, as the server says.
import type { StudentAction } from '~/api/schema.ts';
import { useStudentView } from './StudentContext.ts';

export function useMay(action: StudentAction): boolean {
  return useStudentView().student.can.includes(action);
}
