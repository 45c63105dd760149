// A copy of the record of the student whose page is open: the agency's own, or the one that is for
// somebody of the family.
import { requestFile } from '~/api/file.ts';
import { COPY, fileOf } from '~/copies/wanted.ts';
import { useStudentView } from '../StudentContext.ts';

export function useCopy(person?: string) {
  const { student } = useStudentView();
  return async (language: string): Promise<Blob> => {
    const whom = person === undefined ? {} : { for: person };
    const { status, body } = await requestFile(COPY, { student: student.id, language, ...whom });
    return fileOf(status, body);
  };
}
