// Where each page of a student lies. Paths hold ids only, never a name.
type Whose = { agency: string; id: string };

export const paths = {
  student: ({ agency, id }: Whose) => `/student/${agency}/${id}`,
  visit: (whose: Whose) => `${paths.student(whose)}/visit`,
  contact: (whose: Whose) => `${paths.student(whose)}/contact`,
  input: (whose: Whose) => `${paths.student(whose)}/input`,
  statement: (whose: Whose) => `${paths.student(whose)}/statement`,
  looks: (whose: Whose) => `${paths.student(whose)}/looks`,
  record: (whose: Whose) => `${paths.student(whose)}/record`,
  ask: (whose: Whose, asks: 'see' | 'correct') => `${paths.record(whose)}/${asks}`,
  meeting: (whose: Whose, meeting: string) => `${paths.student(whose)}/meeting/${meeting}`,
};
