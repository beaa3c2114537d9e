import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { create } from 'zustand';
import type { BulkRunView } from '#contract';

/** Once it is over, for as long as somebody may think better of it. */
const shownMs = 15_000;

/** Acts on many tickets that this page tells of, as far as they are known to be. */
export const useRuns = create<Record<string, BulkRunView>>()(() => ({}));

/** Something in the order in which a run goes on. */
function stepOf({ state, done, nothing, refused, undone, left }: BulkRunView): number {
  const phase = { running: 0, done: 1, undoing: 2, undone: 3 }[state];
  return phase * 1_000_000 + (phase < 2 ? done + nothing + refused : undone + left);
}

/** Frames and answers may overtake each other: what is older than what is known changes nothing. */
export function noteRun(run: BulkRunView): void {
  const known = useRuns.getState()[run.id];
  if (!known || stepOf(known) <= stepOf(run)) {
    useRuns.setState({ [run.id]: run });
  }
}

/** One word for each run, which changes as it goes on. */
export function showRun(run: BulkRunView, before: BulkRunView | undefined, message: ReactNode): void {
  const isOver = run.state === 'done' || run.state === 'undone';
  const failed = run.refused + run.left > 0;
  const word = {
    id: `bulk ${run.id}`,
    message,
    color: isOver && failed ? 'red' : 'peyk',
    loading: !isOver,
    autoClose: isOver && !failed ? shownMs : (false as const),
  };
  if (before === undefined) {
    notifications.show(word);
  } else {
    notifications.update(word);
  }
}
