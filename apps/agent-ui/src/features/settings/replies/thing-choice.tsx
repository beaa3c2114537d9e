import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MacroAction, SurveyView, WebhookView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { useAgents, useMe, useQueues } from '../../../api/queries.js';
import { request } from '../../../api/request.js';
import { useI18n } from '../../../i18n/use-i18n.js';

type Kind = 'queue' | 'agent' | 'reply' | 'survey' | 'webhook';

interface Props {
  action: MacroAction;
  kind: Kind;
  /** The part of the action that names it. */
  part: string;
  onChange: (action: MacroAction) => void;
}

/** One of the things that an action can name. What it names and is gone shows as such. */
export function ThingChoice({ action, kind, part, onChange }: Props) {
  const { t } = useI18n();
  const options = useThings(kind, action);
  const chosen = (action[part] as string | null) ?? 'nobody';
  const isKnown = chosen === '' || options.some((option) => option.value === chosen);
  return (
    <NativeSelect
      aria-label={t(`kept.do_${action.do}`, { defaultValue: action.do })}
      required
      value={chosen}
      error={!isKnown && t('kept.goneChoice')}
      onChange={({ currentTarget }) =>
        onChange({ ...action, [part]: currentTarget.value === 'nobody' ? null : currentTarget.value })
      }
      data={[
        { value: '', label: t(`kept.choose_${kind}`), disabled: true },
        ...(isKnown ? [] : [{ value: chosen, label: t('kept.goneChoice'), disabled: true }]),
        ...options,
      ]}
    />
  );
}

interface Option {
  value: string;
  label: string;
}

function useThings(kind: Kind, { do: act }: MacroAction): Option[] {
  const { t } = useI18n();
  const me = useMe();
  const [queues, agents] = [useQueues(), useAgents()];
  const replies = useQuery({
    queryKey: keptKeys.replies,
    queryFn: ({ signal }) => kept.replies(signal),
    enabled: kind === 'reply',
  });
  const surveys = useNamed<SurveyView>('surveys', kind === 'survey' && me.role !== 'agent');
  const webhooks = useNamed<WebhookView>('webhooks', kind === 'webhook' && me.role === 'admin');
  const everybody: Option[] = [
    { value: 'actor', label: t('kept.actor') },
    ...(act === 'assign' ? [{ value: 'nobody', label: t('kept.backToQueue') }] : []),
    ...agents.map(toOption),
  ];
  const things: Record<Kind, Option[]> = {
    queue: queues.map(toOption),
    agent: everybody,
    reply: (replies.data ?? []).map(({ id, title, short }) => ({ value: id, label: `${title} (/${short})` })),
    survey: surveys.map(toOption),
    webhook: webhooks.map(toOption),
  };
  return things[kind];
}

function useNamed<Row extends { id: string; name: string }>(path: string, enabled: boolean): Row[] {
  return (
    useQuery({
      queryKey: ['kept', 'named', path],
      queryFn: ({ signal }) => request<Row[]>(`/${path}`, { signal }),
      enabled,
      retry: false,
    }).data ?? []
  );
}

function toOption({ id, name }: { id: string; name: string }): Option {
  return { value: id, label: name };
}
