import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelsSection } from './channels-section.js';
import { MySettings } from './my-settings.js';
import './settings.css';

const WebhooksSection = lazy(async () => ({
  default: (await import('./webhooks/webhooks-section.js')).WebhooksSection,
}));
const HoursSection = lazy(async () => ({ default: (await import('./hours/hours-section.js')).HoursSection }));
const PromisesSection = lazy(async () => ({
  default: (await import('./promises/promises-section.js')).PromisesSection,
}));
const QueuesSection = lazy(async () => ({ default: (await import('./queues/queues-section.js')).QueuesSection }));
const TeamSection = lazy(async () => ({ default: (await import('./team/team-section.js')).TeamSection }));
const AdminNotices = lazy(async () => ({ default: (await import('./tools/admin-notices.js')).AdminNotices }));

type SettingsSection = 'mine' | 'channels' | 'queues' | 'team' | 'hours' | 'promises' | 'webhooks';
const sections: readonly SettingsSection[] = ['mine', 'channels', 'queues', 'team', 'hours', 'promises', 'webhooks'];
const forAdmins: readonly SettingsSection[] = ['queues', 'team', 'hours', 'promises', 'webhooks'];

/** Forms of other features that stand in the settings. */
interface Slots {
  /** What those who wait in a queue are told. */
  waitingIn: (queueId: string) => ReactNode;
}

const bodies: Record<SettingsSection, (slots: Slots) => ReactNode> = {
  mine: () => <MySettings />,
  channels: () => <ChannelsSection />,
  queues: ({ waitingIn }) => <QueuesSection waitingIn={waitingIn} />,
  team: () => <TeamSection />,
  hours: () => <HoursSection />,
  promises: () => <PromisesSection />,
  webhooks: () => <WebhooksSection />,
};

export function SettingsPage({ section, ...slots }: Slots & { section: string }) {
  const { t } = useI18n();
  const isAdmin = useMe().role === 'admin';
  const shown = sections.filter((one) => isAdmin || !forAdmins.includes(one));
  const chosen = shown.find((one) => one === section) ?? 'mine';
  return (
    <main className="settings" id="content">
      <h1>{t('settings.title')}</h1>
      <nav aria-label={t('settings.sections')}>
        {shown.map((one) => (
          <Link
            key={one}
            to="/settings/$section"
            params={{ section: one }}
            aria-current={one === chosen ? 'page' : undefined}
          >
            {t(`settings.${one}`)}
          </Link>
        ))}
      </nav>
      <div className="settings-body">
        {isAdmin && (
          <Suspense>
            <AdminNotices />
          </Suspense>
        )}
        <Suspense fallback={<Skeleton height={180} />}>{bodies[chosen](slots)}</Suspense>
      </div>
    </main>
  );
}
