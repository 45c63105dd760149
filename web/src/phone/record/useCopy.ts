// A copy of a child's record, made by the server for the person whose phone this is.
import { COPY, fileOf } from '~/copies/wanted.ts';
import { useAsk } from '../core/useAsk.ts';
import { nodeOf } from '../words/nodeOf.ts';

export function useCopy(agency: string, id: string) {
  const ask = useAsk();
  return async (language: string): Promise<Blob> => {
    const { status, body } = await ask(COPY, { student: nodeOf('stu', agency, id), language });
    return fileOf(status, body);
  };
}
