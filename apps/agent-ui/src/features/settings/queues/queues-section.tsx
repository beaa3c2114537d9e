import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { QueueSettingsView, QueueView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useQueues } from '../../../api/queries.js';
import { team } from '../../../api/team.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconLock, IconPlus } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { QueueForm } from './queue-form.js';
import { QueueTicketsForm } from './queue-tickets-form.js';
import { RemoveQueue } from './remove-queue.js';
import './queues.css';

type Opened = { id: string | null };

interface Props {
  /** What those who wait in a queue are told: a form of its own. */
  waitingIn: (queueId: string) => ReactNode;
}

/** The lines of waiting work: who serves them, and how they give it out. */
export function QueuesSection({ waitingIn }: Props) {
  const { t } = useI18n();
  const isSpoken = useTexts('channels');
  const queues = useQueues();
  const [opened, setOpened] = useState<Opened | null>(null);
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    return opened.id === null ? (
      <OneQueue queue={null} waitingIn={waitingIn} onDone={() => setOpened(null)} />
    ) : (
      <KnownQueue id={opened.id} waitingIn={waitingIn} onDone={() => setOpened(null)} />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.queues')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
          {t('queues.add')}
        </Button>
      </div>
      <p className="settings-hint queues-intro">{t('queues.intro')}</p>
      {queues.length === 0 && <Empty>{t('queues.none')}</Empty>}
      <ul className="channels">
        {queues.map((queue) => (
          <li key={queue.id}>
            <button type="button" onClick={() => setOpened({ id: queue.id })}>
              <Line queue={queue} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ queue: { name, restricted, memberIds } }: { queue: QueueView }) {
  const { t, format } = useI18n();
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          {memberIds.length === 0
            ? t('queues.nobody')
            : t('queues.served', { count: memberIds.length, amount: format.number(memberIds.length) })}
        </small>
      </span>
      {restricted && (
        <span className="chip">
          <IconLock size={14} /> {t('queues.restrictedShort')}
        </span>
      )}
    </>
  );
}

function KnownQueue({ id, ...more }: Props & { id: string; onDone: () => void }) {
  const settings = useQuery({
    queryKey: keys.queueSettings(id),
    queryFn: ({ signal }) => team.queue(id, signal),
    // The form starts from what is true now: a stale version could only be refused.
    gcTime: 0,
  });
  if (settings.isError) {
    return <Failed error={settings.error} retry={() => void settings.refetch()} />;
  }
  return settings.data ? <OneQueue queue={settings.data} {...more} /> : <Skeleton height={320} />;
}

function OneQueue({ queue, waitingIn, onDone }: Props & { queue: QueueSettingsView | null; onDone: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const done = (said: string) => {
    for (const queryKey of [keys.queues, keys.agentSettings, keys.skills, keys.channels, keys.me]) {
      void queries.invalidateQueries({ queryKey });
    }
    notify(said);
    onDone();
  };
  return (
    <>
      <div className="settings-head">
        <h2>{queue ? <bdi>{queue.name}</bdi> : t('queues.add')}</h2>
        {queue && (
          <Button variant="light" color="red" onClick={() => setRemoving(true)}>
            {t('queues.remove')}
          </Button>
        )}
      </div>
      <QueueForm
        key={queue?.version}
        queue={queue}
        onSaved={() => done(t('common.saved'))}
        onCancel={onDone}
        onLookAgain={() => queue && void queries.invalidateQueries({ queryKey: keys.queueSettings(queue.id) })}
      />
      {queue && <QueueTicketsForm queueId={queue.id} />}
      {queue && (
        <section className="queue-waiting" aria-labelledby="queue-waiting">
          <h3 id="queue-waiting">{t('queues.waiting')}</h3>
          {waitingIn(queue.id)}
        </section>
      )}
      {queue && isRemoving && (
        <RemoveQueue
          queue={queue}
          onRemoved={() => done(t('queues.removed', { name: queue.name }))}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}
