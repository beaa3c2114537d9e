import { useQuery } from '@tanstack/react-query';
import type { BulkAct, TicketView } from '#contract';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { useAgents, useMe, useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { foldWords, matchesWords } from '../../../ui/fold-words.js';
import { useSnoozePresets } from '../../../ui/snooze/use-snooze-presets.js';
import { sharedBy, type Choice, type QuickKind, type QuickTarget } from './choices.js';

/** What can be chosen of a kind, narrowed by what is typed. */
export function useChoices(kind: QuickKind, target: QuickTarget, typed: string): Choice[] {
  const lists: Record<QuickKind, Choice[]> = {
    assign: useAgentChoices(target),
    snooze: useSnoozeChoices(target),
    tags: useTagChoices(target, kind === 'tags' ? typed : null),
    priority: usePriorityChoices(target),
    queue: useQueueChoices(target),
  };
  // The hub has searched tags already, by all their spellings.
  return kind === 'tags' ? lists.tags : lists[kind].filter(({ label }) => matchesWords(label, typed));
}

function useAgentChoices(target: QuickTarget): Choice[] {
  const { t } = useI18n();
  const me = useMe();
  const agents = useAgents();
  const owner = sharedBy(target, ({ ownerId }) => ownerId);
  const others = agents
    .filter(({ id }) => id !== me.id)
    .toSorted((a, b) => Number(b.present) - Number(a.present) || a.name.localeCompare(b.name));
  const assign = (agentId: string | null): { act: BulkAct; isOn: boolean } => ({
    act: { do: 'assign', agentId },
    isOn: owner === agentId,
  });
  return [
    { key: me.id, label: t('bulk.me', { name: me.name }), ...assign(me.id) },
    ...others.map(({ id, name, status }) => ({ key: id, label: name, hint: t(`status.${status}`), ...assign(id) })),
    { key: 'nobody', label: t('bulk.nobody'), ...assign(null) },
  ];
}

function useQueueChoices(target: QuickTarget): Choice[] {
  const current = sharedBy(target, ({ queueId }) => queueId);
  return useQueues().map(({ id, name }) => ({
    key: id,
    label: name,
    isOn: id === current,
    act: { do: 'route', queueId: id },
  }));
}

function usePriorityChoices(target: QuickTarget): Choice[] {
  const { t } = useI18n();
  const current = sharedBy(target, ({ priority }) => priority);
  return ([4, 3, 2, 1] as const).map((priority) => ({
    key: String(priority),
    label: t(`ticket.priority.${priority}`),
    isOn: priority === current,
    act: { do: 'priority', priority },
  }));
}

function useSnoozeChoices(target: QuickTarget): Choice[] {
  const { t, format } = useI18n();
  const presets = useSnoozePresets();
  const sleeps = target.tickets.some(({ snoozedUntil }) => snoozedUntil !== null);
  return [
    ...(sleeps ? [{ key: 'wake', label: t('bulk.wake'), act: { do: 'snooze', until: null } satisfies BulkAct }] : []),
    ...presets.map(({ name, at, wish }): Choice => ({
      key: name,
      label: t(`bulk.until.${name}`),
      act: { do: 'snooze', until: wish },
      ...(at !== null && { hint: `${format.day(at)} ${format.time(at)}` }),
    })),
    { key: 'own', label: t('bulk.own'), act: 'own' },
  ];
}

const shownTags = 8;

/** Tags that one of them has can be taken away, the others be added; what nobody used before is a new one. */
function useTagChoices({ tickets }: QuickTarget, typed: string | null): Choice[] {
  const { t } = useI18n();
  const search = typed?.trim() ?? '';
  const known =
    useQuery({
      queryKey: keys.tags(search || null),
      queryFn: ({ signal }) => properties.tags(search || null, signal),
      placeholderData: (before) => before,
      enabled: typed !== null,
    }).data ?? [];
  const had = [...new Set(tickets.flatMap(({ tags }) => tags))].filter((tag) => matchesWords(tag, search));
  const everywhere = (tag: string) => tickets.every((ticket: TicketView) => ticket.tags.includes(tag));
  const names = [
    ...known
      .map(({ name }) => name)
      .filter((name) => !had.includes(name))
      .slice(0, shownTags),
    ...had,
  ];
  const isKnown = [...names, ...known.map(({ name }) => name)].some((name) => foldWords(name) === foldWords(search));
  const add = (tag: string, label: string): Choice => ({
    key: `+${tag}`,
    label,
    act: { do: 'tags', add: [tag], remove: [] },
  });
  return [
    ...names.filter((tag) => !had.includes(tag) || !everywhere(tag)).map((tag) => add(tag, t('bulk.addTag', { tag }))),
    ...had.map((tag): Choice => ({
      key: `-${tag}`,
      label: t('bulk.removeTag', { tag }),
      act: { do: 'tags', add: [], remove: [tag] },
    })),
    ...(search !== '' && !isKnown ? [add(search, t('bulk.newTag', { tag: search }))] : []),
  ];
}
