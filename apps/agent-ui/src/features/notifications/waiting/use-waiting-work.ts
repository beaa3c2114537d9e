import { useEffect, useRef, useState } from 'react';
import type { ListRow, Page } from '#contract';
import { hub } from '../../../api/hub.js';
import { useMe } from '../../../api/queries.js';
import { useLive } from '../../../live/live-context.js';
import { useLiveState } from '../../../live/live-state.js';
import {
  beginAsking,
  nothingWaits,
  takeAnswer,
  takeAssignment,
  takeChanges,
  type WaitingAnswer,
  type WaitingWork,
} from './waiting-work.js';

/** Frames that name no ticket come in bursts; the hub is asked once for them. */
const askAgainMs = 2_000;

/** Whoever has more waiting than this hears of it from the board. */
const mostPages = 10;

async function readWaiting(): Promise<WaitingAnswer> {
  const rows: ListRow[] = [];
  let next: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: Page<ListRow> = await hub.rows({ view: 'unassigned', queue: null }, next);
    rows.push(...answer.rows);
    next = answer.next;
    if (next === null) {
      return { rows, isWhole: true };
    }
  }
  return { rows, isWhole: false };
}

/** What waits in the reader's queues: asked for whenever the link came up, kept by frames, and changed by `change`. */
export function useWaitingWork() {
  const { client } = useLive();
  const { queueIds } = useMe();
  const isUp = useLiveState(({ link }) => link === 'up');
  const [work, setWork] = useState<WaitingWork>(nothingWaits);
  const asking = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const ask = async () => {
      asking.current = undefined;
      setWork(beginAsking);
      const answer = await readWaiting().catch(() => null);
      if (answer) {
        setWork((now) => takeAnswer(now, answer, queueIds));
      }
    };
    const forget = [
      client.hear('conversation.changes', (changes) => {
        setWork((now) => takeChanges(now, changes, queueIds));
        // A restricted queue's frames say that something is new, and not what.
        if (changes.tickets.length === 0 && changes.messages.length === 0) {
          asking.current ??= setTimeout(() => void ask(), askAgainMs);
        }
      }),
      client.hear('ticket.assigned', (frame) => setWork((now) => takeAssignment(now, frame))),
    ];
    if (isUp) {
      void ask();
    }
    return () => {
      forget.forEach((stop) => stop());
      clearTimeout(asking.current);
      asking.current = undefined;
    };
  }, [client, isUp, queueIds]);
  return [work, setWork] as const;
}
