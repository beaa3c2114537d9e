import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { BulkRunView } from '#contract';
import { bulk } from '../../../api/bulk.js';
import { keys } from '../../../api/keys.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useLive } from '../../../live/live-context.js';
import { useLiveState } from '../../../live/live-state.js';
import { useAction } from '../../../ui/use-action.js';
import { RunWords } from './run-words.js';
import { noteRun, showRun, useRuns } from './show-run.js';
import { useRunSentence } from './use-run-sentence.js';

const RunProblems = lazy(async () => ({ default: (await import('./run-problems.js')).RunProblems }));

/** Tells how far acts on many tickets are, those that were begun in another window as well, until they are over. */
export function FollowBulk() {
  useRunNews();
  const runs = useRuns();
  return Object.keys(runs).length > 0 && <Telling runs={runs} />;
}

/** What the hub says of runs, by frames, and by a question whenever the link came back. */
function useRunNews(): void {
  const { client, cache } = useLive();
  const isUp = useLiveState(({ link }) => link === 'up');
  useEffect(
    () =>
      client.hear('bulk.progress', (run) => {
        noteRun(run);
        if (run.act.do === 'read' && isOver(run)) {
          // Nobody else's marks moved, so no other frame tells of them.
          cache.refetch(keys.everyList, keys.everyConversation);
        }
      }),
    [client, cache],
  );
  useEffect(() => {
    if (isUp) {
      const known = useRuns.getState();
      // Without an answer the frames still come.
      bulk.mine().then(
        (runs) => runs.filter((run) => !isOver(run) || known[run.id] !== undefined).forEach(noteRun),
        () => undefined,
      );
    }
  }, [isUp]);
}

const isOver = ({ state }: BulkRunView) => state === 'done' || state === 'undone';

function Telling({ runs }: { runs: Record<string, BulkRunView> }) {
  const { t } = useI18n();
  const isSpoken = useTexts('bulk');
  const sentence = useRunSentence();
  const told = useRef<Record<string, BulkRunView>>({});
  const [asked, setAsked] = useState<string | null>(null);
  const { mutate: undo } = useAction((run: string) => bulk.undo(run), noteRun);
  useEffect(() => {
    if (!isSpoken) {
      return;
    }
    for (const run of Object.values(runs).filter((one) => told.current[one.id] !== one)) {
      const mayUndo = run.undoMs !== null && (run.state === 'running' || run.done > 0);
      const stop = { label: t(run.state === 'running' ? 'bulk.stop' : 'bulk.undo'), run: () => undo(run.id) };
      const why = { label: t('bulk.why'), run: () => setAsked(run.id) };
      const acts = [...(mayUndo ? [stop] : []), ...(run.refused + run.left > 0 ? [why] : [])];
      showRun(run, told.current[run.id], <RunWords sentence={sentence(run)} share={shareOf(run)} acts={acts} />);
      told.current[run.id] = run;
    }
  }, [runs, isSpoken, sentence, t, undo]);
  return <Suspense>{asked !== null && <RunProblems run={asked} onClose={() => setAsked(null)} />}</Suspense>;
}

function shareOf({ state, total, done, nothing, refused, undone, left }: BulkRunView): number | null {
  if (state === 'running') {
    return (done + nothing + refused) / Math.max(1, total);
  }
  return state === 'undoing' ? (undone + left) / Math.max(1, done) : null;
}
