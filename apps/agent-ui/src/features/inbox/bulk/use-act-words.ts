import { useCallback } from 'react';
import type { BulkAct } from '#contract';
import { useAgents, useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';

/** Says what became of a ticket by an act, as it stands behind its number: "assigned to Sara". */
export function useActWords(): (act: BulkAct) => string {
  const { t, format } = useI18n();
  const agents = useAgents();
  const queues = useQueues();
  return useCallback(
    (act) => {
      const nameIn = (list: readonly { id: string; name: string }[], wanted: string) =>
        list.find(({ id }) => id === wanted)?.name ?? '';
      const says: { [Do in BulkAct['do']]: (act: Extract<BulkAct, { do: Do }>) => string } = {
        assign: ({ agentId }) =>
          agentId === null ? t('bulk.what.release') : t('bulk.what.assign', { name: nameIn(agents, agentId) }),
        route: ({ queueId }) => t('bulk.what.route', { name: nameIn(queues, queueId) }),
        state: ({ state }) => t(`bulk.what.${state}`),
        priority: ({ priority }) => t('bulk.what.priority', { name: t(`ticket.priority.${priority}`) }),
        tags: ({ add, remove }) =>
          add.length > 0
            ? t('bulk.what.tagged', { name: add.join(', ') })
            : t('bulk.what.untagged', { name: remove.join(', ') }),
        read: ({ read }) => t(read ? 'bulk.what.read' : 'bulk.what.unread'),
        spam: () => t('bulk.what.spam'),
        snooze: ({ until }) => {
          if (until === null) {
            return t('bulk.what.wake');
          }
          if ('at' in until) {
            return t('bulk.what.snooze', { when: format.dateTime(until.at) });
          }
          return t('reply' in until ? 'bulk.what.snoozeReply' : 'bulk.what.snoozeDays');
        },
      };
      return (says[act.do] as (act: BulkAct) => string)(act);
    },
    [t, format, agents, queues],
  );
}
