// Does something once: the operation's id is minted when a person means it and kept until the
// server has answered, so that a repeat after a lost reply is the same operation.
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { asFault, type Fault } from './fault.ts';
import { request } from './request.ts';
import type { TypedDocumentString } from './schema.ts';
import { uuid7 } from './uuid7.ts';

export interface UserError {
  code: string;
  message: string;
  field: string[];
}

interface Payload {
  userErrors: UserError[];
}

export interface Operation<Input, Result> {
  pending: boolean;
  /** What the person has to change. */
  userErrors: UserError[];
  /** What went wrong on the way. */
  fault: Fault | null;
  run: (input: Omit<Input, 'operationId'>, then?: (result: Result) => void) => void;
  reset: () => void;
}

export function useOperation<
  Result extends Record<string, Payload>,
  Input extends { operationId: string },
>(document: TypedDocumentString<Result, { input: Input }>): Operation<Input, Result[keyof Result]> {
  const meant = useRef<{ id: string; input: string } | null>(null);
  const mutation = useMutation({
    mutationFn: async (input: Omit<Input, 'operationId'>) => {
      const text = JSON.stringify(input);
      if (meant.current?.input !== text) meant.current = { id: uuid7(), input: text };
      const named = { ...input, operationId: meant.current.id } as Input;
      const answer = await request(document, { input: named });
      meant.current = null;
      const [payload] = Object.values(answer);
      return payload as Result[keyof Result];
    },
  });

  const run: Operation<Input, Result[keyof Result]>['run'] = (input, then) => {
    // `mutate` would call back only where what was pressed still stands. A push often comes before
    // the answer and takes a row away with its button: what was done is told all the same.
    mutation.mutateAsync(input).then(
      result => {
        if (result.userErrors.length === 0) then?.(result);
      },
      () => {}, // shown as `fault`
    );
  };

  return {
    pending: mutation.isPending,
    userErrors: mutation.data?.userErrors ?? [],
    fault: mutation.error === null ? null : asFault(mutation.error),
    run,
    reset: mutation.reset,
  };
}
