// Takes back what no push has held yet. A visit goes back into its form; of everything else only
// the doing is undone, and the page that did it shows what was there before.
import { useCallback } from 'react';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { CoreClient } from '~/core/client.ts';
import type { Id, Intent, Waiting } from '~/core/face.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { again, type VisitDraft } from '../visit/visitDraft.ts';

/** Resolves to whether it was taken back; says so if not. */
export function useUndo(): (operation: Waiting) => Promise<boolean> {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  return useCallback(
    async operation => {
      const { id, agency, intent, undo } = operation;
      const visit = intent?.name === 'LogVisit' ? intent : null;
      // First into the form: a battery that dies in between leaves it twice, never nowhere.
      if (visit !== null && !(await putBack(core, agency, again(visit), visit))) {
        tell({ tone: 'bad', text: say('undo.other') });
        return false;
      }
      try {
        await core.take({ type: 'withdraw', operation: id, also: undo?.also ?? [] });
        return true;
      } catch {
        if (visit !== null) await forget(core, agency, visit.student);
        tell({ tone: 'bad', text: say('undo.late') });
        return false;
      }
    },
    [core, say, tell],
  );
}

type LogVisit = Extract<Intent, { name: 'LogVisit' }>;

/** Fills the visit form, unless another visit of this student is begun in it. */
export async function putBack(
  core: CoreClient,
  agency: Id,
  body: VisitDraft,
  { student }: Pick<LogVisit, 'student'>,
): Promise<boolean> {
  const name = 'LogVisit';
  if ((await core.read({ screen: 'draft', agency, student, name })) !== null) return false;
  await core.take({ type: 'draft', agency, student, name, operation: body.operation, body });
  return true;
}

function forget(core: CoreClient, agency: Id, student: Id): Promise<void> {
  return core.take({ type: 'draft', agency, student, name: 'LogVisit', body: null });
}
