import { useQueryClient } from '@tanstack/react-query';
import type { MeView } from '#contract';
import { keys } from '../../api/keys.js';
import { noteReturn } from '../../api/session-state.js';

/** Somebody is signed in now: nothing of whoever was here before stays. */
export function useSignedIn(goOn: () => void): (me: MeView) => void {
  const queries = useQueryClient();
  return (me) => {
    queries.clear();
    noteReturn(me.id);
    queries.setQueryData(keys.me, me);
    goOn();
  };
}
