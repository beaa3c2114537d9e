import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe } from '../api/queries.js';
import { renewPush } from '../features/notifications/push/renew-push.js';
import { useTexts } from '../i18n/use-texts.js';
import { useI18n } from '../i18n/use-i18n.js';
import { IconRefresh } from '../ui/icons.js';
import { hearWorker, startWorker, takeUpdate, useUpdate } from './worker/updates.js';

/** Says that the hub serves another console than this page is, and takes it over when its reader wants. */
export function UpdateBanner() {
  const { history } = useRouter();
  const { id } = useMe();
  useEffect(() => void startWorker().then(() => renewPush(id)), [id]);
  useEffect(() => hearWorker((url) => history.push(url)), [history]);
  const isReady = useUpdate(({ isReady: ready }) => ready);
  return isReady ? <Offer /> : null;
}

function Offer() {
  const { t } = useI18n();
  const isSpoken = useTexts('alerts');
  if (!isSpoken) {
    return null;
  }
  return (
    <span className="banner" data-tone="good">
      <IconRefresh size={17} aria-hidden />
      <span className="banner-text">{t('alerts.newVersion')}</span>
      <Button size="compact-sm" variant="default" onClick={takeUpdate}>
        {t('alerts.reload')}
      </Button>
    </span>
  );
}
