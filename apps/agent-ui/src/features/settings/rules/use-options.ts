import { useQuery } from '@tanstack/react-query';
import { keptKeys, kept } from '../../../api/kept.js';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { channelsQuery, useAgents, useQueues } from '../../../api/queries.js';
import { surveys } from '../../../api/surveys.js';
import { webhooks } from '../../../api/webhooks.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { Field } from './rule-draft.js';

export interface Option {
  /** null: nothing is there. */
  value: string | null;
  label: string;
}

export type Named = 'queues' | 'agents' | 'channels' | 'fields' | 'replies' | 'surveys' | 'webhooks';

/** What a rule can name, by its id. */
export function useNamed(): Record<Named, { value: string; label: string }[]> {
  const { locale } = useI18n();
  const named = (rows: readonly { id: string; name: string }[] | undefined) =>
    (rows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const fields = useQuery({ queryKey: keys.ticketFields, queryFn: ({ signal }) => properties.fields(signal) }).data;
  const replies = useQuery({ queryKey: keptKeys.replies, queryFn: ({ signal }) => kept.replies(signal) }).data;
  return {
    queues: named(useQueues()),
    agents: named(useAgents()),
    channels: named(useQuery(channelsQuery).data),
    fields: (fields ?? []).map(({ key, name }) => ({ value: key, label: name[locale] || key })),
    replies: (replies ?? []).map(({ id, title }) => ({ value: id, label: title })),
    surveys: named(useQuery({ queryKey: keys.surveys, queryFn: ({ signal }) => surveys.list(signal) }).data),
    webhooks: named(useQuery({ queryKey: keys.webhooks, queryFn: ({ signal }) => webhooks.list(signal) }).data),
  };
}

const states = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
const channelKinds = ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] as const;
const authors = ['customer', 'agent', 'bot', 'system'] as const;
const metrics = ['first_response', 'next_response', 'resolution'] as const;

/** What a field that is one of several things can be. */
export function useChoices(field: Field): Option[] {
  const { t } = useI18n();
  const { queues, agents, channels } = useNamed();
  const stateNames = states.map((value) => ({ value, label: t(`ticket.state.${value}`) }));
  const choices: Partial<Record<Field, Option[]>> = {
    'message.author': authors.map((value) => ({ value, label: t(`rule.author_${value}`) })),
    'channel.kind': channelKinds.map((value) => ({ value, label: t(`rule.channel_${value}`) })),
    channel: channels,
    'ticket.state': stateNames,
    'ticket.queue': queues,
    'ticket.owner': [{ value: null, label: t('rule.nobody') }, ...agents],
    'customer.language': [
      { value: 'en', label: 'English' },
      { value: 'fa', label: 'فارسی' },
    ],
    'event.from': stateNames,
    'event.to': stateNames,
    'event.metric': metrics.map((value) => ({ value, label: t(`rule.metric_${value}`) })),
  };
  return choices[field] ?? [];
}
