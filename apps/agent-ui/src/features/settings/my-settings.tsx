import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { hub } from '../../api/hub.js';
import { demoQuery, useMe } from '../../api/queries.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useAction } from '../../ui/use-action.js';
import { Alerts } from './mine/alerts.js';
import { Keyboard } from './mine/keyboard.js';
import { Looks } from './mine/looks.js';
import { Part } from './mine/parts.js';
import { Password } from './mine/password.js';
import { Writing } from './mine/writing.js';

const OwnEndpoint = lazy(async () => ({ default: (await import('../../calls/endpoint/own-endpoint.js')).OwnEndpoint }));

const Security = lazy(async () => ({ default: (await import('./mine/security.js')).Security }));

/** How the reader likes the console. `alerts`: what another part of it adds to what shows itself. */
export function MySettings({ alerts }: { alerts?: ReactNode }) {
  const { t } = useI18n();
  const me = useMe();
  if (!useTexts('mine')) {
    return <Skeleton height={480} />;
  }
  return (
    <div className="mine">
      <div>
        <h2 className="mine-title">{t('settings.mine')}</h2>
        <p className="settings-hint">{t('mine.everywhere')}</p>
      </div>
      <Looks />
      <Writing />
      <Alerts more={alerts} />
      <Keyboard />
      <Part title={t('mine.phone')}>
        <div className="mine-more">
          <Suspense fallback={<Skeleton height={80} />}>
            <OwnEndpoint />
          </Suspense>
        </div>
      </Part>
      <Password />
      <Suspense fallback={<Skeleton height={220} />}>
        <Security />
      </Suspense>
      {me.role === 'admin' && <DemoData />}
    </div>
  );
}

function DemoData() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const demo = useQuery(demoQuery);
  const remove = useAction(
    () => hub.removeDemo(),
    () => void queries.invalidateQueries(),
  );
  if (!demo.data?.present) {
    return null;
  }
  return (
    <section className="settings-line" aria-label={t('settings.demo')}>
      <p className="settings-hint">
        <strong>{t('settings.demo')}</strong> {t('settings.demoHint')}
      </p>
      <Button variant="light" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
        {t('settings.demoRemove')}
      </Button>
    </section>
  );
}
