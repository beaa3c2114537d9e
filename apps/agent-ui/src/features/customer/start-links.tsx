import { Button, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StartLinkView } from '#contract';
import { keys } from '../../api/keys.js';
import { people } from '../../api/people.js';
import { channelsQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { useAction } from '../../ui/use-action.js';
import { useNow } from '../../ui/use-now.js';
import { MadeLink } from './new-link.js';

const week = 24 * 7;

/** Links by which a customer opens a chat in a messenger that is theirs from its first word on. */
export function StartLinks({ customer }: { customer: string }) {
  const { t } = useI18n();
  const channels = useQuery(channelsQuery);
  const bots = (channels.data ?? []).filter(({ kind, enabled }) => kind === 'telegram' && enabled);
  const [made, setMade] = useState<StartLinkView | null>(null);
  if (bots.length === 0) {
    return null;
  }
  return (
    <>
      <h3 className="links-title">{t('people.startLinks')}</h3>
      <p className="merge-intro">{t('people.startLinksIntro')}</p>
      {made?.url ? (
        <MadeLink url={made.url} words={t('people.startLinkOnce')} />
      ) : (
        <NewStartLink customer={customer} bots={bots} onMade={setMade} />
      )}
      <MadeStartLinks customer={customer} />
    </>
  );
}

interface NewProps {
  customer: string;
  bots: readonly { id: string; name: string }[];
  onMade: (link: StartLinkView) => void;
}

function NewStartLink({ customer, bots, onMade }: NewProps) {
  const { t } = useI18n();
  const { cache } = useLive();
  const [channelId, setChannel] = useState(bots[0]?.id ?? '');
  const make = useAction(
    () => people.makeStartLink(customer, { channelId, hours: week }),
    (link) => {
      cache.refetch(keys.startLinks(customer));
      onMade(link);
    },
  );
  return (
    <Stack>
      {bots.length > 1 && (
        <NativeSelect
          label={t('people.startLinkOver')}
          value={channelId}
          onChange={(event) => setChannel(event.currentTarget.value)}
          data={bots.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Button variant="default" loading={make.isPending} onClick={() => make.mutate(undefined)}>
        {t('people.makeStartLink')}
      </Button>
    </Stack>
  );
}

/** Those that still open a chat; one that was used says so on the timeline. */
function MadeStartLinks({ customer }: { customer: string }) {
  const { t, format } = useI18n();
  const { cache } = useLive();
  const now = useNow();
  const links = useQuery({
    queryKey: keys.startLinks(customer),
    queryFn: ({ signal }) => people.startLinks(customer, signal),
    staleTime: 0,
  });
  const revoke = useAction(
    (link: string) => people.revokeStartLink(customer, link),
    () => cache.refetch(keys.startLinks(customer)),
  );
  const working = (links.data ?? []).filter(
    ({ usedAt, revokedAt, expiresAt }) => usedAt === null && revokedAt === null && Date.parse(expiresAt) > now,
  );
  return working.length === 0 ? null : (
    <ul className="links">
      {working.map(({ id, expiresAt }) => (
        <li key={id}>
          <div className="link-what">
            <span>{t('people.linkState.works', { when: format.dateTime(expiresAt) })}</span>
          </div>
          <Button size="compact-sm" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate(id)}>
            {t('people.revoke')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
