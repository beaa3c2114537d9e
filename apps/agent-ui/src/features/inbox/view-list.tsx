import { Link } from '@tanstack/react-router';
import type { QueueView } from '#contract';
import type { ListFilter, ViewName } from '../../api/hub.js';
import { useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconLock } from '../../ui/icons.js';
import { NamedIcon } from '../../ui/named-icon.js';
import './view-list.css';

export const viewNames: readonly ViewName[] = ['mine', 'unassigned', 'open', 'solved', 'all'];

/** Whose work to look at, and of which queue. Both stay when the other changes. */
export function ViewList({ filter }: { filter: ListFilter }) {
  const { t } = useI18n();
  const queues = useQueues();
  return (
    <nav className="views" aria-label={t('view.label')}>
      <h2>{t('shell.inbox')}</h2>
      {viewNames.map((view) => (
        <Link
          key={view}
          to="/inbox/$view"
          params={{ view }}
          search={filter.queue ? { queue: filter.queue } : {}}
          className="view"
          aria-current={view === filter.view ? 'true' : undefined}
        >
          {t(`view.${view}`)}
        </Link>
      ))}
      <h2>{t('view.queues')}</h2>
      <QueueLink filter={filter} queue={null} />
      {queues.map((queue) => (
        <QueueLink key={queue.id} filter={filter} queue={queue} />
      ))}
    </nav>
  );
}

function QueueLink({ filter, queue }: { filter: ListFilter; queue: QueueView | null }) {
  const { t } = useI18n();
  const id = queue?.id ?? null;
  return (
    <Link
      to="/inbox/$view"
      params={{ view: filter.view }}
      search={id ? { queue: id } : {}}
      className="view"
      aria-current={id === filter.queue ? 'true' : undefined}
    >
      <span className="one-line">{queue?.name ?? t('view.everyQueue')}</span>
      {queue?.restricted && <NamedIcon Icon={IconLock} size={14} name={t('view.restricted')} />}
    </Link>
  );
}
