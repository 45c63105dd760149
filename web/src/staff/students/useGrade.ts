// A grade as people say it: `Grade 4`, `Kindergarten`; as written where we do not know the code.
import { useCallback } from 'react';
import { useText } from '~/i18n/useText.ts';

const early = {
  KG: 'grade.kindergarten',
  K: 'grade.kindergarten',
  PK: 'grade.preschool',
  PR: 'grade.preschool',
} as const;

export function useGrade(): (grade: string) => string {
  const say = useText();
  return useCallback(
    grade => {
      const known = early[grade.toUpperCase() as keyof typeof early] as
        (typeof early)['K'] | undefined;
      if (known !== undefined) return say(known);
      return /^\d+$/.test(grade) ? say('grade.number', { number: Number(grade) }) : grade;
    },
    [say],
  );
}
