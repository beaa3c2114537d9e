import { useQueryClient } from '@tanstack/react-query';
import type { AgentStatus, MeView } from '#contract';
import { hub } from '../api/hub.js';
import { keys } from '../api/keys.js';
import { useAction } from '../ui/use-action.js';

interface MyChange {
  locale?: MeView['locale'];
  status?: AgentStatus;
}

/** Changes the reader's own account: the page follows at once, the hub when it answers. */
export function useChangeMe(): (change: MyChange) => void {
  const queries = useQueryClient();
  const change = useAction(
    (wanted: MyChange) => {
      queries.setQueryData<MeView>(keys.me, (me) => me && { ...me, ...wanted });
      return hub.changeMe(wanted);
    },
    (me) => queries.setQueryData(keys.me, me),
  );
  return change.mutate;
}
