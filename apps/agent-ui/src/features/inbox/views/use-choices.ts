import { useQuery } from '@tanstack/react-query';
import type { TicketFieldView } from '#contract';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { useAgents, useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';

const states = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
const channels = ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] as const;
const priorities = ['1', '2', '3', '4'] as const;
const none: never[] = [];

/** What can be chosen where a question is about one of a list. */
export function useChoices() {
  const { t } = useI18n();
  const queues = useQueues().map(({ id, name }) => ({ value: id, label: name }));
  const agents = useAgents().map(({ id, name }) => ({ value: id, label: name }));
  return {
    state: states.map((value) => ({ value, label: t(`ticket.state.${value}`) })),
    queue: queues,
    assignee: [{ value: 'me', label: t('views.me') }, { value: 'nobody', label: t('views.nobody') }, ...agents],
    channel: channels.map((value) => ({ value, label: t(`channel.${value}`) })),
    language: [
      { value: 'fa', label: 'فارسی' },
      { value: 'en', label: 'English' },
    ],
    sla: (['at_risk', 'breached'] as const).map((value) => ({ value, label: t(`views.sla.${value}`) })),
    priority: priorities.map((value) => ({ value, label: t(`ticket.priority.${value}`) })),
  };
}

export function useTicketFields(): TicketFieldView[] {
  return useQuery({ queryKey: keys.ticketFields, queryFn: ({ signal }) => properties.fields(signal) }).data ?? none;
}
