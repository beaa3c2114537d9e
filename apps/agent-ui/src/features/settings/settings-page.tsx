import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelsSection } from './channels-section.js';
import { MySettings } from './my-settings.js';
import { listSections, type SettingsSection } from './settings-sections.js';
import './settings.css';

const WebhooksSection = lazy(async () => ({
  default: (await import('./webhooks/webhooks-section.js')).WebhooksSection,
}));
const HoursSection = lazy(async () => ({ default: (await import('./hours/hours-section.js')).HoursSection }));
const PromisesSection = lazy(async () => ({
  default: (await import('./promises/promises-section.js')).PromisesSection,
}));
const QueuesSection = lazy(async () => ({ default: (await import('./queues/queues-section.js')).QueuesSection }));
const StateNames = lazy(async () => ({ default: (await import('./states/state-names.js')).StateNames }));
const TeamSection = lazy(async () => ({ default: (await import('./team/team-section.js')).TeamSection }));
const RulesSection = lazy(async () => ({ default: (await import('./rules/rules-section.js')).RulesSection }));
const SurveysSection = lazy(async () => ({
  default: (await import('./surveys/surveys-section.js')).SurveysSection,
}));
const OutreachSection = lazy(async () => ({
  default: (await import('./outreach/outreach-section.js')).OutreachSection,
}));
const SegmentsSection = lazy(async () => ({
  default: (await import('./segments/segments-section.js')).SegmentsSection,
}));
const RepliesSection = lazy(async () => ({
  default: (await import('./replies/replies-section.js')).RepliesSection,
}));
const FieldsSection = lazy(async () => ({ default: (await import('./fields/fields-section.js')).FieldsSection }));
const PromptsSection = lazy(async () => ({
  default: (await import('./phone/prompts/prompts-section.js')).PromptsSection,
}));
const SystemSection = lazy(async () => ({ default: (await import('./system/system-section.js')).SystemSection }));
const HistorySection = lazy(async () => ({
  default: (await import('./history/history-section.js')).HistorySection,
}));
const RolesSection = lazy(async () => ({ default: (await import('./roles/roles-section.js')).RolesSection }));
const KeysSection = lazy(async () => ({ default: (await import('./developers/keys-section.js')).KeysSection }));
const SignInSection = lazy(async () => ({ default: (await import('./sign-in/sign-in-section.js')).SignInSection }));
const AuditSection = lazy(async () => ({ default: (await import('./audit/audit-section.js')).AuditSection }));
const PrivacySection = lazy(async () => ({ default: (await import('./privacy/privacy-section.js')).PrivacySection }));
const BrandSection = lazy(async () => ({ default: (await import('./brand/brand-section.js')).BrandSection }));
const StoppedSection = lazy(async () => ({ default: (await import('./stopped/stopped-section.js')).StoppedSection }));
const AdminNotices = lazy(async () => ({ default: (await import('./tools/admin-notices.js')).AdminNotices }));

/** Forms of other features that stand in the settings. */
interface Slots {
  /** What those who wait in a queue are told. */
  waitingIn: (queueId: string) => ReactNode;
  scripts: ReactNode;
  /** What is added to one's own sounds and notices. */
  alerts?: ReactNode;
}

const bodies: Record<SettingsSection, (slots: Slots) => ReactNode> = {
  mine: ({ alerts }) => <MySettings alerts={alerts} />,
  replies: () => <RepliesSection />,
  channels: () => <ChannelsSection />,
  brand: () => <BrandSection />,
  queues: ({ waitingIn }) => (
    <>
      <QueuesSection waitingIn={waitingIn} />
      <StateNames />
    </>
  ),
  team: () => <TeamSection />,
  fields: () => <FieldsSection />,
  hours: () => <HoursSection />,
  promises: () => <PromisesSection />,
  scripts: ({ scripts }) => scripts,
  prompts: () => <PromptsSection />,
  rules: () => <RulesSection />,
  surveys: () => <SurveysSection />,
  outreach: () => <OutreachSection />,
  segments: () => <SegmentsSection />,
  webhooks: () => <WebhooksSection />,
  roles: () => <RolesSection />,
  keys: () => <KeysSection />,
  signIn: () => <SignInSection />,
  audit: () => <AuditSection />,
  privacy: () => <PrivacySection />,
  stopped: () => <StoppedSection />,
  history: () => <HistorySection />,
  system: () => <SystemSection />,
};

/** On a phone the sections lie in a row that is wider than the page: the chosen one is shown in the middle of it. */
function bringIntoRow(link: HTMLAnchorElement | null): void {
  const row = link?.parentElement;
  if (link && row) {
    const [one, all] = [link.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += one.left + one.width / 2 - (all.left + all.width / 2);
  }
}

export function SettingsPage({ section, ...slots }: Slots & { section: string }) {
  const { t } = useI18n();
  const me = useMe();
  const shown = listSections(me);
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
            ref={one === chosen ? bringIntoRow : undefined}
          >
            {t(`settings.${one}`)}
          </Link>
        ))}
      </nav>
      <div className="settings-body">
        {me.role === 'admin' && (
          <Suspense>
            <AdminNotices />
          </Suspense>
        )}
        <Suspense fallback={<Skeleton height={180} />}>{bodies[chosen](slots)}</Suspense>
      </div>
    </main>
  );
}
