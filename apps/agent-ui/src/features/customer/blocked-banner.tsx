import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConversationView } from '#contract';
import { people } from '../../api/people.js';
import { conversationQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconBlock } from '../../ui/icons.js';
import { notify } from '../../ui/notify.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import './blocked-banner.css';
import { useCustomerAction } from './use-customer-action.js';

/** Above a conversation whose customer is blocked: since when, why, and the way back. */
export function BlockedBanner({ person }: { person: string }) {
  // The conversation's own screen loads it; this one only looks along.
  const view = useQuery({ ...conversationQuery(person), enabled: false }).data;
  return <output>{view?.customer.blocked && <Blocked view={view} blocked={view.customer.blocked} />}</output>;
}

interface BlockedProps {
  view: ConversationView;
  blocked: NonNullable<ConversationView['customer']['blocked']>;
}

function Blocked({ view, blocked }: BlockedProps) {
  const { t, format } = useI18n();
  const name = useCustomerName()(view.customer);
  const unblock = useCustomerAction(
    view,
    () => people.unblock(view.customer.id),
    () => notify(t('people.unblockNoted', { name })),
  );
  return (
    <span className="blocked-banner">
      <IconBlock size={18} aria-hidden />
      <span className="blocked-why">
        {t('people.blockedSince', { when: format.dateTime(blocked.at) })}{' '}
        {blocked.reason && t('people.blockedWhy', { why: blocked.reason })}
      </span>
      <Button size="compact-sm" variant="default" loading={unblock.isPending} onClick={() => unblock.mutate(undefined)}>
        {t('people.unblock')}
      </Button>
    </span>
  );
}
