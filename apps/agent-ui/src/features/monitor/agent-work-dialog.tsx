import { Loader, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { v7 as uuid } from 'uuid';
import type { AgentWorkView, BoardAgent, BoardTicket } from '#contract';
import { intervention } from '../../api/intervention.js';
import { keys } from '../../api/keys.js';
import { useAgents } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { ScrollRegion } from '../../ui/scroll-region.js';
import { Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';

interface Props {
  agent: BoardAgent;
  openTicket: (ticket: BoardTicket) => ReactNode;
  onClose: () => void;
}

/** Everything that an agent has, and a way to give all of it to somebody else. */
export function AgentWorkDialog({ agent, openTicket, onClose }: Props) {
  const { t } = useI18n();
  const work = useQuery({
    queryKey: [...keys.board, agent.id],
    queryFn: ({ signal }) => intervention.work(agent.id, signal),
  });
  return (
    <Dialog title={t('monitor.workOf', { name: agent.name })} size="lg" onClose={onClose}>
      {work.data ? (
        <Work agent={agent} work={work.data} openTicket={openTicket} onClose={onClose} />
      ) : work.error ? (
        <Failed what={t('monitor.worksOn')} error={work.error} retry={() => void work.refetch()} />
      ) : (
        <Loader className="board-wait" />
      )}
    </Dialog>
  );
}

function Work({ agent, work, openTicket, onClose }: Props & { work: AgentWorkView }) {
  const { t } = useI18n();
  return (
    <>
      <Text>{t('monitor.has', { count: work.count })}</Text>
      {work.elsewhere > 0 && (
        <Text size="sm" c="dimmed">
          {t('monitor.hasElsewhere', { count: work.elsewhere })}
        </Text>
      )}
      {work.count > 0 && (
        <>
          <ScrollRegion className="board-work" label={t('monitor.worksOn')}>
            <ul className="board-tickets">
              {work.tickets.map((ticket) => (
                <li key={ticket.id}>{openTicket(ticket)}</li>
              ))}
            </ul>
          </ScrollRegion>
          <HandOver agent={agent} onClose={onClose} />
        </>
      )}
    </>
  );
}

/** How far it is, and how to take it back, is told like any act on many tickets. */
function HandOver({ agent, onClose }: Pick<Props, 'agent' | 'onClose'>) {
  const { t } = useI18n();
  const [id] = useState(() => uuid());
  const [to, setTo] = useState('');
  const others = useAgents().filter((one) => one.id !== agent.id);
  const handing = useAction(() => intervention.handOver(agent.id, { id, to: to || null }), onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        handing.mutate(undefined);
      }}
    >
      <Stack>
        <NativeSelect
          label={t('monitor.handTo')}
          description={t('monitor.handHint')}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
          data={[
            { value: '', label: t('monitor.toQueues') },
            ...others.map(({ id: value, name, status, present }) => ({
              value,
              label: `${name} – ${t(`status.${present ? status : 'offline'}`)}`,
            })),
          ]}
        />
        <DialogEnd submit={t('monitor.handOver')} isBusy={handing.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
