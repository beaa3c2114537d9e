import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WebhookSecretView, WebhookView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useMay } from '../../../api/queries.js';
import { webhooks } from '../../../api/webhooks.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { Ltr } from '../../../ui/ltr.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useNow } from '../../../ui/use-now.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { OneWebhook } from './one-webhook.js';
import './webhooks.css';

const lookAgainMs = 15_000;

type Opened = { id: string | null; made: WebhookSecretView | null };

/** The organisation's programs that are told what happens. */
export function WebhooksSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('channels');
  const mayRead = useMay('developers.manage');
  const list = useQuery({
    queryKey: keys.webhooks,
    queryFn: ({ signal }) => webhooks.list(signal),
    refetchInterval: lookAgainMs,
    enabled: mayRead,
  });
  const [opened, setOpened] = useState<Opened | null>(null);
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  if (!mayRead) {
    return <p className="settings-hint">{t('webhooks.adminsOnly')}</p>;
  }
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    const webhook = list.data.find(({ id }) => id === opened.id) ?? opened.made?.webhook ?? null;
    return (
      <OneWebhook
        key={opened.id}
        webhook={webhook}
        made={opened.made}
        onMade={(made) => setOpened({ id: made.webhook.id, made })}
        onDone={() => setOpened(null)}
      />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('webhooks.title')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null, made: null })}>
          {t('webhooks.add')}
        </Button>
      </div>
      <p className="settings-hint webhooks-intro">{t('webhooks.intro')}</p>
      {list.data.length === 0 && <Empty>{t('webhooks.none')}</Empty>}
      <ul className="channels">
        {list.data.map((webhook) => (
          <li key={webhook.id}>
            <button type="button" onClick={() => setOpened({ id: webhook.id, made: null })}>
              <Line webhook={webhook} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ webhook }: { webhook: WebhookView }) {
  const { t, format } = useI18n();
  const now = useNow();
  const { name, url, off, failingSince, waiting, lastTry } = webhook;
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          <Ltr className="webhooks-url">{url}</Ltr>
        </small>
        {off && <span className="channels-problem">{t(`webhooks.off_${off.reason}`)}</span>}
        {!off && failingSince && (
          <span className="channels-problem">{t('webhooks.failing', { when: format.ago(failingSince, now) })}</span>
        )}
        <small>
          {lastTry ? t('webhooks.lastTry', { when: format.ago(lastTry.at, now) }) : t('webhooks.neverTried')}
          {waiting > 0 && ` · ${t('webhooks.waiting', { count: waiting })}`}
        </small>
      </span>
      <WebhookState webhook={webhook} />
    </>
  );
}

/** Whether it works, in one word. */
export function WebhookState({ webhook: { enabled, off, failingSince } }: { webhook: WebhookView }) {
  const { t } = useI18n();
  if (off) {
    return (
      <span className="chip" data-tone="bad">
        {t('webhooks.switchedOff')}
      </span>
    );
  }
  if (!enabled) {
    return <span className="chip">{t('settings.channelOff')}</span>;
  }
  return (
    <span className="chip" data-tone={failingSince ? 'warn' : 'good'}>
      {failingSince ? t('webhooks.fails') : t('settings.channelOn')}
    </span>
  );
}
