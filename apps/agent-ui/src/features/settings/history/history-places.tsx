import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryFindingsView, HistoryImportView, HistoryTermsView } from '#contract';
import { histories } from '../../../api/history.js';
import { channelsQuery, useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  given: HistoryImportView;
  found: HistoryFindingsView;
  onBack: () => void;
  onStarted: (now: HistoryImportView) => void;
}

type Place = HistoryTermsView['inboxes'][number];
type Inbox = HistoryFindingsView['inboxes'][number];

/** Which queue and channel each inbox of theirs becomes, and what becomes of what was still open. */
export function HistoryPlaces({ given, found, onBack, onStarted }: Props) {
  const { t, format } = useI18n();
  const queues = useQueues();
  const channels = useQuery(channelsQuery).data ?? [];
  const [chosen, setChosen] = useState<Record<string, Partial<Place>>>({});
  const [openAs, setOpenAs] = useState<HistoryTermsView['openAs']>('closed');
  const inboxes = found.inboxes.length > 0 ? found.inboxes : [{ key: '', name: '', tickets: 0 }];
  const byKind = channels.find(({ kind }) => kind === 'email') ?? channels[0];
  const placeOf = ({ key, name }: Inbox): Place => ({
    key,
    queueId: queues.find((queue) => queue.name.toLowerCase() === name.toLowerCase())?.id ?? queues[0]?.id ?? '',
    channelId: byKind?.id ?? '',
    ...chosen[key],
  });
  const start = useAction(() => histories.start(given.id, { inboxes: inboxes.map(placeOf), openAs }), onStarted);
  const change = (key: string, part: Partial<Place>) =>
    setChosen((known) => ({ ...known, [key]: { ...known[key], ...part } }));
  const lacks = queues.length === 0 || channels.length === 0;
  return (
    <Stack>
      {inboxes.map((inbox) => (
        <fieldset key={inbox.key} className="history-inbox">
          <legend>
            <bdi>{inbox.name === '' ? t('history.inboxNone') : inbox.name}</bdi>{' '}
            <small>{t('history.ticketCount', { count: inbox.tickets, amount: format.number(inbox.tickets) })}</small>
          </legend>
          <NativeSelect
            label={t('history.queue')}
            value={placeOf(inbox).queueId}
            onChange={(event) => change(inbox.key, { queueId: event.currentTarget.value })}
            data={queues.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <NativeSelect
            label={t('history.channel')}
            value={placeOf(inbox).channelId}
            onChange={(event) => change(inbox.key, { channelId: event.currentTarget.value })}
            data={channels.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </fieldset>
      ))}
      {found.openTickets > 0 && (
        <NativeSelect
          label={t('history.openAs', { amount: format.number(found.openTickets) })}
          value={openAs}
          onChange={(event) => setOpenAs(event.currentTarget.value === 'open' ? 'open' : 'closed')}
          data={[
            { value: 'closed', label: t('history.openClosed') },
            { value: 'open', label: t('history.openOpen') },
          ]}
        />
      )}
      <Agents agents={found.agents} />
      {lacks && <p className="settings-problem">{t('history.noPlaces')}</p>}
      <Group>
        <Button disabled={lacks} loading={start.isPending} onClick={() => start.mutate(undefined)}>
          {t('history.start')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('history.back')}
        </Button>
      </Group>
    </Stack>
  );
}

function Agents({ agents }: Pick<HistoryFindingsView, 'agents'>) {
  const { t } = useI18n();
  return agents.length === 0 ? null : (
    <section aria-labelledby="history-agents">
      <h3 id="history-agents">{t('history.agents')}</h3>
      <ul className="history-people">
        {agents.map(({ name, email, agent }) => (
          <li key={`${name} ${email}`}>
            <bdi>{name === '' ? email : name}</bdi>{' '}
            <small>{agent === null ? t('history.agentGone') : t('history.agentHere', { name: agent })}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
