import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BoardView } from '#contract';
import { boardQuery } from '../../api/board.js';
import { useLive } from '../../live/live-context.js';
import { useLiveState } from '../../live/live-state.js';

/** The board as it was told last. */
export interface ShownBoard {
  board: BoardView;
  /** When it was told, by this browser's clock. */
  heardAt: number;
}

/** What is on the board, first as it was asked for, then as it is told. A link that comes back is told everything anew. */
export function useBoard(): { shown: ShownBoard | null; error: unknown; retry: () => void } {
  const { client } = useLive();
  const isUp = useLiveState(({ link }) => link === 'up');
  const [told, setTold] = useState<ShownBoard | null>(null);
  const asked = useQuery(boardQuery);
  useEffect(() => {
    if (!isUp) {
      return undefined;
    }
    const stop = client.hear('board.changed', (frame) =>
      setTold((before) => ({ board: { ...before?.board, ...frame } as BoardView, heardAt: Date.now() })),
    );
    client.watchBoard(true);
    return () => {
      stop();
      client.watchBoard(false);
    };
  }, [client, isUp]);
  const first = asked.data && { board: asked.data, heardAt: asked.dataUpdatedAt };
  return { shown: told ?? first ?? null, error: asked.error, retry: () => void asked.refetch() };
}
