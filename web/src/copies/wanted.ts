// What is asked of the server for a copy of a child's record, and what it answers with.
import { Fault, faultOf } from '~/api/fault.ts';

export const COPY = '/record/copy';

/** To whom outside a copy is given, and why they may have it; docs/record-copy.md. */
export interface Disclosure {
  operationId: string;
  party: string;
  interest: string;
  basis: string;
  paper: string | null;
  threat: string | null;
  what: string;
}

/** `for`: one of the family to whom whoever keeps the record hands it. */
export interface Wanted {
  student: string;
  language: string;
  for?: string;
}

/** The file, or why there is none. */
export function fileOf(status: number, body: unknown): Blob {
  if (body instanceof Blob) return body;
  const { error } = (body ?? {}) as { error?: { code?: string; requestId?: string } };
  if (error?.code !== undefined) throw faultOf(error.code, error.requestId);
  throw new Fault(status >= 500 ? 'wait' : 'report');
}
