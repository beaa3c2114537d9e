import { Skeleton } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { SettingsPage } from '../features/settings/settings-page.js';

const QueueWaitingForm = lazy(async () => ({
  default: (await import('../features/waiting/queue-waiting-form.js')).QueueWaitingForm,
}));

const PushSwitch = lazy(async () => ({
  default: (await import('../features/notifications/push/push-switch.js')).PushSwitch,
}));

const ScriptsSection = lazy(async () => ({
  default: (await import('../features/scripts/scripts-section.js')).ScriptsSection,
}));

const waitingIn = (queueId: string) => (
  <Suspense fallback={<Skeleton height={320} />}>
    <QueueWaitingForm queueId={queueId} />
  </Suspense>
);

const alerts = (
  <Suspense>
    <PushSwitch />
  </Suspense>
);

export function SettingsRoutePage() {
  const { section } = useParams({ from: '/desk/settings/$section' });
  return <SettingsPage section={section} waitingIn={waitingIn} scripts={<ScriptsSection />} alerts={alerts} />;
}
