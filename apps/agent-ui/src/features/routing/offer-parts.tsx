import { useEffect } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconClock, IconFlag, IconInbox, IconShared } from '../../ui/icons.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { ticketOf, type ShownOffer } from './offer-list.js';
import { askForOffers } from './use-offers.js';

/** How long the hub may take to say itself that an offer is over. */
const patienceMs = 2_000;
/** What an offer is about, and why it is offered to this reader. */
export function OfferChips({ offer }: { offer: ShownOffer }) {
  const { t, format } = useI18n();
  const waited = format.ago(new Date(0).toISOString(), offer.waitedMs);
  return (
    <>
      <p className="offer-chips">
        <span className="chip">
          <bdi>{t('ticket.number', { number: ticketNumber(ticketOf(offer), format) })}</bdi>
        </span>
        {offer.channelKind && <span className="chip">{t(`channel.${offer.channelKind}`)}</span>}
        <span className="chip">
          <IconInbox size={13} aria-hidden />
          <bdi>{offer.queueName}</bdi>
        </span>
        <span className="chip" data-tone={tones[offer.priority]}>
          <IconFlag size={13} aria-hidden />
          {t(`ticket.priority.${offer.priority}`)}
        </span>
        <span className="chip">
          <IconClock size={13} aria-hidden />
          {t('place.waits', { time: waited })}
        </span>
        {offer.kind === 'broadcast' && (
          <span className="chip">
            <IconShared size={13} aria-hidden />
            {t('offer.broadcast')}
          </span>
        )}
      </p>
      <OfferWhy why={offer.why} />
    </>
  );
}

const tones: Readonly<Record<ShownOffer['priority'], string | undefined>> = {
  1: undefined,
  2: undefined,
  3: 'warn',
  4: 'bad',
};

const reasons = [
  'sticky',
  'skill',
  'longest_idle',
  'least_loaded',
  'round_robin',
  'broadcast',
  'by_hand',
] as const satisfies readonly string[];

function OfferWhy({ why }: { why: string | null }) {
  const { t } = useI18n();
  const reason = reasons.find((one) => one === why);
  return reason && <p className="offer-why">{t(`offer.why.${reason}`)}</p>;
}

/** Whether its time has run out here. The hub says so too; where it does not, it is asked. */
export function useIsOver(leftMs: number): boolean {
  const isOver = leftMs === 0;
  useEffect(() => {
    const timer = isOver ? setTimeout(() => void askForOffers(), patienceMs) : undefined;
    return () => clearTimeout(timer);
  }, [isOver]);
  return isOver;
}
