// Grade and school of a student, as far as the roster knows them. Rosters write the third grade as
// 3 or 03.
import { T } from '~/i18n/T.tsx';

interface GradeProps {
  grade?: string | null | undefined;
  school?: string | null | undefined;
}

export function Grade({ grade, school }: GradeProps) {
  return (
    <>
      {grade != null && <T id="student.grade" values={{ grade: grade.replace(/^0+(?=.)/, '') }} />}
      {grade != null && school != null && ' · '}
      <bdi>{school}</bdi>
    </>
  );
}
