import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { beWriter } from '../../../api/drafts.js';
import { keys } from '../../../api/keys.js';
import { useMe } from '../../../api/queries.js';
import { useLive } from '../../../live/live-context.js';
import { useLiveState } from '../../../live/live-state.js';
import { beSender } from '../outbox.js';
import { DraftKeeper } from './keep-drafts.js';

/** Keeps what is written the same in all windows of its writer, and on the hub. Shows nothing itself. */
export function FollowDrafts() {
  const { client } = useLive();
  const queries = useQueryClient();
  const { id } = useMe();
  const isUp = useLiveState(({ link }) => link === 'up');
  const keeper = useMemo(() => {
    // Somebody else may have signed in while this window was open.
    beWriter(id);
    beSender(id);
    return new DraftKeeper(id, () => void queries.invalidateQueries({ queryKey: keys.draftList }));
  }, [id, queries]);
  useEffect(() => keeper.start(), [keeper]);
  useEffect(() => client.hear('draft.changed', (frame) => keeper.hear(frame)), [client, keeper]);
  // Of two people who became one the drafts are one as well, before another word is written there.
  useEffect(
    () => client.hear('conversation.merged', () => void keeper.compare().catch(() => undefined)),
    [client, keeper],
  );
  useEffect(() => {
    if (isUp) {
      // Without an answer the next link asks anew.
      keeper.compare().catch(() => undefined);
    }
  }, [isUp, keeper]);
  return null;
}
