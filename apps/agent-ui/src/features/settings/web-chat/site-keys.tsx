import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewSiteKeyView } from '#contract';
import { siteKeys } from '../../../api/site-keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { Copied } from './chat-install.js';
import { signingExample } from './web-chat-values.js';

/** The keys by which the site proves who is signed in there. */
export function SiteKeys({ channelId }: { channelId: string }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const listed = useQuery({ queryKey: siteKeys.key(channelId), queryFn: () => siteKeys.list(channelId) });
  const [made, setMade] = useState<NewSiteKeyView | null>(null);
  const noted = () => queries.invalidateQueries({ queryKey: siteKeys.key(channelId) });
  const add = useAction(
    () => siteKeys.add(channelId),
    (key) => {
      setMade(key);
      void noted();
    },
  );
  const remove = useAction(
    (kid: string) => siteKeys.remove(channelId, kid),
    () => void noted(),
  );
  if (listed.isError) {
    return <Failed error={listed.error} retry={() => void listed.refetch()} />;
  }
  return (
    <section className="snippet" aria-label={t('webChat.signedIn')}>
      <h3>{t('webChat.signedIn')}</h3>
      <p className="settings-hint">{t('webChat.signedInHint')}</p>
      {listed.isPending && <Skeleton height={40} />}
      <ul className="site-keys">
        {listed.data?.map(({ kid, madeAt }) => (
          <li key={kid}>
            <code dir="ltr">{kid}</code>
            <time dateTime={madeAt}>{format.day(madeAt)}</time>
            <Button
              variant="subtle"
              color="red"
              size="compact-xs"
              onClick={() => window.confirm(t('webChat.removeKeySure', { kid })) && remove.mutate(kid)}
            >
              {t('webChat.removeKey')}
            </Button>
          </li>
        ))}
      </ul>
      {made && <NewKey made={made} channelId={channelId} />}
      <Button variant="default" size="xs" loading={add.isPending} onClick={() => add.mutate(undefined)}>
        {t('webChat.addKey')}
      </Button>
    </section>
  );
}

/** Shown once: the hub does not say it again. */
function NewKey({ made, channelId }: { made: NewSiteKeyView; channelId: string }) {
  const { t } = useI18n();
  return (
    <output className="site-key-new">
      <Copied hint={t('webChat.newKeyHint')} text={made.secret} />
      <details>
        <summary>{t('webChat.signing')}</summary>
        <Copied hint={t('webChat.signingHint')} text={signingExample(channelId, made.kid)} />
      </details>
    </output>
  );
}
