// Takes back what no push has held yet. What was written in a form goes back into it; of everything
// else only the doing is undone, and the page that did it shows what was there before.
import { useCallback } from 'react';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { CoreClient } from '~/core/client.ts';
import type { Id, Waiting } from '~/core/face.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { formOf, type Filled } from './forms.ts';

/** Resolves to whether it was taken back; says so if not. */
export function useUndo(): (operation: Waiting) => Promise<boolean> {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  return useCallback(
    async operation => {
      const { id, agency, undo } = operation;
      const form = formOf(operation);
      // First into the form: a battery that dies in between leaves it twice, never nowhere.
      if (form !== null && !(await putBack(core, agency, form))) {
        tell({ tone: 'bad', text: say('undo.other') });
        return false;
      }
      try {
        await core.take({ type: 'withdraw', operation: id, also: undo?.also ?? [] });
        return true;
      } catch {
        if (form !== null) await forget(core, agency, form);
        tell({ tone: 'bad', text: say('undo.late') });
        return false;
      }
    },
    [core, say, tell],
  );
}

/** Fills a form, unless something else is begun in it. */
export async function putBack(
  core: CoreClient,
  agency: Id,
  { name, student, body }: Omit<Filled, 'path'>,
): Promise<boolean> {
  if ((await core.read({ screen: 'draft', agency, student, name })) !== null) return false;
  await core.take({ type: 'draft', agency, student, name, operation: body.operation, body });
  return true;
}

function forget(core: CoreClient, agency: Id, { name, student }: Filled): Promise<void> {
  return core.take({ type: 'draft', agency, student, name, body: null });
}
