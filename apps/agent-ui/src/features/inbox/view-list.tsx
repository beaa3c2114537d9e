import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { QueueView } from '#contract';
import type { ListFilter, ViewName } from '../../api/hub.js';
import { useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useHiddenPanes } from '../../ui/hidden-panes.js';
import { IconEarlier, IconLock } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { useIsWide } from '../../ui/layout.js';
import { NamedIcon } from '../../ui/named-icon.js';
import { ViewCountBadge } from './view-count.js';
import './view-list.css';

const SavedLists = late(async () => ({ default: (await import('./views/saved-lists.js')).SavedLists }));

export const viewNames: readonly ViewName[] = [
  'mine',
  'unassigned',
  'open',
  'waiting',
  'overdue',
  'following',
  'mentions',
  'drafts',
  'snoozed',
  'solved',
  'all',
];

/** Whose work to look at, and of which queue; how many are there. Both stay when the other changes. */
export function ViewList({ filter }: { filter: ListFilter }) {
  const { t } = useI18n();
  const queues = useQueues();
  return (
    <nav className="views" aria-label={t('view.label')}>
      <div className="views-section">
        <h2>{t('shell.inbox')}</h2>
        <HideViews />
      </div>
      {viewNames.map((view) => (
        <Link
          key={view}
          to="/inbox/$view"
          params={{ view }}
          search={filter.queue ? { queue: filter.queue } : {}}
          className="view"
          aria-current={view === filter.view ? 'true' : undefined}
        >
          <span className="one-line">{t(`view.${view}`)}</span>
          {filter.queue === null && <ViewCountBadge of={view} isUrgent={view === 'overdue'} />}
        </Link>
      ))}
      <SavedLists filter={filter} />
      <div className="views-section">
        <h2>{t('view.queues')}</h2>
      </div>
      <QueueLink filter={filter} queue={null} />
      {queues.map((queue) => (
        <QueueLink key={queue.id} filter={filter} queue={queue} />
      ))}
    </nav>
  );
}

/** In a drawer there is nothing to put away: it closes. */
function HideViews() {
  const { t } = useI18n();
  const isWide = useIsWide();
  const toggle = useHiddenPanes((hidden) => hidden.toggle);
  return (
    isWide && (
      <ActionIcon
        variant="subtle"
        size={26}
        aria-label={t('view.hide')}
        title={`${t('view.hide')} [`}
        onClick={() => toggle('views')}
      >
        <IconEarlier size={16} className="points" />
      </ActionIcon>
    )
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
      {id !== null && <ViewCountBadge of={`q-${id}`} />}
    </Link>
  );
}
