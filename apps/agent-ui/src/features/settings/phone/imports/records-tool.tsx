import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { callSourceKeys, callSources } from '../../../../api/call-sources.js';
import { useTexts } from '../../../../i18n/use-texts.js';
import { sayForHub } from '../../../../i18n/hub-words.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { Dialog } from '../../../../ui/dialog.js';
import { useAction } from '../../../../ui/use-action.js';

const CallRecords = lazy(async () => ({ default: (await import('./call-records.js')).CallRecords }));

/** Past calls of a channel: those of a file, and those of the table that its exchange writes. */
export function RecordsTool({ channelId }: { channelId: string }) {
  const { t } = useI18n();
  const isSpoken = useTexts('callSources');
  const [isOpen, setOpen] = useState(false);
  return (
    isSpoken && (
      <section aria-label={t('records.title')}>
        <h3 className="phone-head">{t('records.title')}</h3>
        <Group>
          <Button variant="default" onClick={() => setOpen(true)}>
            {t('records.open')}
          </Button>
        </Group>
        <Reading channelId={channelId} />
        {isOpen && (
          <Dialog title={t('records.title')} size="min(1100px, 100%)" onClose={() => setOpen(false)}>
            <Suspense>
              <CallRecords channelId={channelId} />
            </Suspense>
          </Dialog>
        )}
      </section>
    )
  );
}

/** How the reading of the exchange's table fares, once there was one, and a try of it. */
function Reading({ channelId }: { channelId: string }) {
  const { t, format } = useI18n();
  const reading = useQuery({
    queryKey: callSourceKeys.reading(channelId),
    queryFn: ({ signal }) => callSources.reading(channelId, signal),
  });
  const check = useAction(() => callSources.check(channelId));
  const now = reading.data;
  if (!now || (now.readAt === null && now.problem === null)) {
    return null;
  }
  return (
    <>
      <p className="settings-hint">
        {t('records.table')}
        {' · '}
        {now.readAt === null ? t('records.neverRead') : t('records.readAt', { when: format.dateTime(now.readAt) })}
      </p>
      {now.problem && <p className="settings-problem">{t('records.trouble', { why: now.problem })}</p>}
      <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate(undefined)}>
        {t('records.check')}
      </Button>
      <ul aria-live="polite">
        {check.data?.map(({ step, state, text }) => (
          <li key={step} data-tone={state === 'failed' ? 'bad' : undefined}>
            {sayForHub(text)}
          </li>
        ))}
      </ul>
    </>
  );
}
