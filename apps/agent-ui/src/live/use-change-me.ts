import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AgentStatus, MeView, Preferences } from '#contract';
import { hub } from '../api/hub.js';
import { keys } from '../api/keys.js';
import { notify } from '../ui/notify.js';
import { useProblemText } from '../ui/problem-text.js';

interface MyChange {
  locale?: MeView['locale'];
  status?: AgentStatus;
  preferences?: Partial<Preferences>;
}

/**
 * Changes the reader's own account: the page follows at once, the hub when it answers. Changes leave one after another,
 * and only the last answer is taken over: an earlier one would show for a moment what is not wanted any more.
 */
export function useChangeMe(): (change: MyChange) => void {
  const queries = useQueryClient();
  const problemText = useProblemText();
  const isLast = () => queries.isMutating({ mutationKey: keys.me }) === 1;
  const change = useMutation({
    mutationKey: keys.me,
    scope: { id: 'me' },
    mutationFn: hub.changeMe,
    onMutate: async (wanted: MyChange) => {
      // An answer on its way knows nothing of this.
      await queries.cancelQueries({ queryKey: keys.me });
      queries.setQueryData<MeView>(keys.me, (me) => me && changed(me, wanted));
    },
    onSuccess: (me) => {
      if (isLast()) {
        queries.setQueryData(keys.me, me);
      }
    },
    onError: (error) => {
      notify(problemText(error), 'bad');
      void queries.invalidateQueries({ queryKey: keys.me });
    },
  });
  return change.mutate;
}

function changed(me: MeView, { preferences, ...rest }: MyChange): MeView {
  return { ...me, ...rest, preferences: { ...me.preferences, ...preferences } };
}

/** The same for what the reader likes. */
export function useChangePreferences(): (change: Partial<Preferences>) => void {
  const changeMe = useChangeMe();
  return (preferences) => changeMe({ preferences });
}
