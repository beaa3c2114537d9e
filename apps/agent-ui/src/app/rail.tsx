import { Link, useMatchRoute } from '@tanstack/react-router';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { listQuery, useMay } from '../api/queries.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useAttention } from '../ui/attention.js';
import { useCommands, type Command } from '../ui/commands.js';
import {
  IconBoard,
  IconChart,
  IconCommand,
  IconInbox,
  IconKeyboard,
  IconSearch,
  IconSettings,
  IconShared,
  IconSkill,
} from '../ui/icons.js';
import { late } from '../ui/late.js';
import { AccountButton } from './account-button.js';
import { hideAlert, showAlert } from './show-alert.js';

const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.js')).AccountMenu }));

const RailAlerts = late(
  async () => ({ default: (await import('../features/notifications/bell/rail-alerts.js')).RailAlerts }),
  () => <span className="rail-item" aria-hidden />,
);

const current = (at: boolean) => (at ? 'page' : undefined);

/** The way between the parts of the console; on a phone it lies at the bottom. */
export function Rail() {
  const { t, format } = useI18n();
  const isAt = useMatchRoute();
  const unread = useUnread();
  useTitle(unread);
  return (
    <nav className="rail" aria-label={t('shell.main')}>
      <img className="rail-logo" src="/peyk.svg" alt="Peyk" width={34} height={34} />
      <Link
        to="/inbox/$view"
        params={{ view: 'mine' }}
        className="rail-item"
        title={t('shell.inbox')}
        aria-current={current(isAt({ to: '/inbox/$view', fuzzy: true }) !== false)}
      >
        <IconInbox size={22} />
        <span className="unseen">{t('shell.inbox')}</span>
        {unread > 0 && <span className="rail-count">{format.number(unread)}</span>}
      </Link>
      <Link
        to="/search"
        className="rail-item"
        aria-label={t('shell.search')}
        title={t('shell.search')}
        aria-current={current(isAt({ to: '/search' }) !== false)}
      >
        <IconSearch size={22} />
      </Link>
      <Link
        to="/customers"
        className="rail-item"
        aria-label={t('shell.customers')}
        title={t('shell.customers')}
        aria-current={current(isAt({ to: '/customers' }) !== false)}
      >
        <IconShared size={22} />
      </Link>
      <Supervising />
      <Link
        to="/settings/$section"
        params={{ section: 'mine' }}
        className="rail-item"
        aria-label={t('shell.settings')}
        title={t('shell.settings')}
        aria-current={current(isAt({ to: '/settings/$section', fuzzy: true }) !== false)}
      >
        <IconSettings size={22} />
      </Link>
      <span className="rail-gap" />
      <Alerts unread={unread} />
      <RailCommand command="palette" label={t('shell.palette')} Icon={IconCommand} />
      <RailCommand command="help" label={t('shell.keys')} Icon={IconKeyboard} />
      <Account />
    </nav>
  );
}

/** What only those see who look after the work of others. */
function Supervising() {
  const { t } = useI18n();
  const isAt = useMatchRoute();
  const mayWatch = useMay('board.watch');
  const mayReport = useMay('reports.read');
  const mayReview = useMay('quality.review');
  return (
    <>
      {mayWatch && (
        <Link
          to="/monitor"
          className="rail-item"
          aria-label={t('shell.monitor')}
          title={t('shell.monitor')}
          aria-current={current(isAt({ to: '/monitor', fuzzy: true }) !== false)}
        >
          <IconBoard size={22} />
        </Link>
      )}
      {mayReport && (
        <Link
          to="/reports"
          className="rail-item"
          aria-label={t('shell.reports')}
          title={t('shell.reports')}
          aria-current={current(isAt({ to: '/reports', fuzzy: true }) !== false)}
        >
          <IconChart size={22} />
        </Link>
      )}
      {mayReview && (
        <Link
          to="/quality/$part"
          params={{ part: 'samples' }}
          className="rail-item rail-quality"
          aria-label={t('shell.quality')}
          title={t('shell.quality')}
          aria-current={current(isAt({ to: '/quality/$part', fuzzy: true }) !== false)}
        >
          <IconSkill size={22} />
        </Link>
      )}
    </>
  );
}

/** The bell, and a word on what comes to wait in the reader's queues. */
function Alerts({ unread }: { unread: number }) {
  const { t } = useI18n();
  const tell = useCallback(
    ({ open: run, ...work }: { key: string; title: string; words: string; open: () => void }) =>
      showAlert({ ...work, action: { label: t('alert.open'), run } }),
    [t],
  );
  return <RailAlerts unread={unread} onNews={tell} onOver={hideAlert} />;
}

/** Whoever presses before the menu has come finds it open when it does. */
function Account() {
  const [isWanted, setWanted] = useState(false);
  return (
    <Suspense fallback={<AccountButton onClick={() => setWanted(true)} />}>
      <AccountMenu startsOpen={isWanted} />
    </Suspense>
  );
}

function RailCommand({ command, label, Icon }: { command: Command; label: string; Icon: typeof IconCommand }) {
  return (
    <button
      type="button"
      className={command === 'help' ? 'rail-item rail-keys' : 'rail-item'}
      aria-label={label}
      title={label}
      onClick={() => useCommands.getState()[command]?.()}
    >
      <Icon size={21} />
    </button>
  );
}

/** Unread messages in the reader's own work. */
function useUnread(): number {
  const mine = useInfiniteQuery(listQuery({ view: 'mine', queue: null }));
  const rows = mine.data?.pages.flatMap((page) => page.rows) ?? [];
  return rows.reduce((sum, row) => sum + row.unread, 0);
}

/** Counts what waits for the reader, and for anybody in their queues. */
function useTitle(unread: number): void {
  const { t } = useI18n();
  const count = useAttention(({ waiting }) => waiting) + unread;
  useEffect(() => {
    const title = t('shell.inbox');
    document.title = count ? t('shell.titleUnread', { count, title }) : title;
  }, [t, count]);
}
