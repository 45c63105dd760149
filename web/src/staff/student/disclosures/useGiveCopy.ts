// Gives a copy of the record to a party outside: the server writes it down and makes the file in one
// act. Its id is kept until there is an answer, so that a repeat is the same entry.
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useIntl } from 'react-intl';
import { asFault } from '~/api/fault.ts';
import { requestFile } from '~/api/file.ts';
import { uuid7 } from '~/api/uuid7.ts';
import { saveFile } from '~/copies/saveFile.ts';
import { COPY, fileOf, type Disclosure } from '~/copies/wanted.ts';

export function useGiveCopy(student: string) {
  const { locale } = useIntl();
  const meant = useRef<{ id: string; to: string } | null>(null);
  const mutation = useMutation({
    mutationFn: async (to: Omit<Disclosure, 'operationId'>) => {
      const text = JSON.stringify(to);
      if (meant.current?.to !== text) meant.current = { id: uuid7(), to: text };
      const disclosure = { ...to, operationId: meant.current.id };
      const { status, body } = await requestFile(COPY, { student, language: locale, disclosure });
      saveFile(fileOf(status, body), `record-${new Date().toISOString().slice(0, 10)}.zip`);
      meant.current = null;
    },
  });
  return {
    pending: mutation.isPending,
    userErrors: [],
    fault: mutation.error === null ? null : asFault(mutation.error),
    run: (to: Omit<Disclosure, 'operationId'>, then: () => void) =>
      mutation.mutate(to, { onSuccess: then }),
  };
}
