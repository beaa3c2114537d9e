import { Button, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConversationView, CustomerLinkView } from '#contract';
import { keys } from '../../api/keys.js';
import { people } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { Dialog } from '../../ui/dialog.js';
import { Ltr } from '../../ui/ltr.js';
import { notify } from '../../ui/notify.js';
import { Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { useNow } from '../../ui/use-now.js';
import { linkState } from './link-times.js';
import { MadeLink, NewLink } from './new-link.js';
import { StartLinks } from './start-links.js';
import './merge-form.css';

/** Links by which a customer reads what passed with them: make one, and see and revoke those that were made. */
export function LinksForm({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { t } = useI18n();
  const [made, setMade] = useState<CustomerLinkView | null>(null);
  const customer = view.customer.id;
  const links = useQuery({
    queryKey: keys.links(customer),
    queryFn: ({ signal }) => people.links(customer, signal),
    // Customers open their pages without the console being told.
    staleTime: 0,
  });
  return (
    <Dialog onClose={onClose} title={t('people.links')} size="lg">
      <Stack>
        <p className="merge-intro">{t('people.linksIntro')}</p>
        {made?.url ? <MadeLink url={made.url} /> : <NewLink customer={view.customer} onMade={setMade} />}
        <h3 className="links-title">{t('people.madeLinks')}</h3>
        {links.isError && <Failed error={links.error} retry={() => void links.refetch()} />}
        {links.isPending && <Skeleton height={44} />}
        {links.data && <LinkList customer={customer} links={links.data} />}
        <StartLinks customer={customer} />
      </Stack>
    </Dialog>
  );
}

function LinkList({ customer, links }: { customer: string; links: readonly CustomerLinkView[] }) {
  const { t } = useI18n();
  return links.length === 0 ? (
    <p className="merge-intro">{t('people.noLinks')}</p>
  ) : (
    <ul className="links">
      {links.map((link) => (
        <LinkLine key={link.id} customer={customer} link={link} />
      ))}
    </ul>
  );
}

function LinkLine({ customer, link }: { customer: string; link: CustomerLinkView }) {
  const { t, format } = useI18n();
  const { cache } = useLive();
  const now = useNow();
  const { state, at } = linkState(link, now);
  const revoke = useAction(
    () => people.revokeLink(customer, link.id),
    () => {
      cache.refetch(keys.links(customer));
      notify(t('people.revoked'));
    },
  );
  return (
    <li>
      <div className="link-what">
        <Ltr className="one-line">{link.address}</Ltr>
        <span>
          {t(`people.linkState.${state}`, { when: format.dateTime(at) })}
          {' · '}
          {link.lastUsedAt ? t('people.linkUsed', { when: format.dateTime(link.lastUsedAt) }) : t('people.linkUnused')}
        </span>
        {link.deletionAskedAt && (
          <span>{t('people.deletionAsked', { when: format.dateTime(link.deletionAskedAt) })}</span>
        )}
      </div>
      {state === 'works' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={revoke.isPending}
          aria-label={t('people.revokeOf', { address: link.address })}
          onClick={() => revoke.mutate(undefined)}
        >
          {t('people.revoke')}
        </Button>
      )}
    </li>
  );
}
