import { Button } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useIsPhone } from '../../ui/layout.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { OfferCard } from './offer-card.js';
import { ticketOf, type ShownOffer } from './offer-list.js';
import './offers.css';
import { useOffers, type Farewell } from './offers-store.js';
import { useFollowLoad } from './use-load.js';
import { useFollowOffers } from './use-offers.js';
import { RingCard } from './ring-card.js';
import { useRing } from './use-ring.js';
import { useWaitingAlarm } from './use-waiting-alarm.js';

const mostCards = { desk: 3, phone: 1 };

/** Work that is offered to this reader, over whatever they look at. */
export function Offers() {
  const isSpoken = useTexts('routing');
  useFollowOffers();
  useFollowLoad();
  return isSpoken && <Stack />;
}

function Stack() {
  const { t } = useI18n();
  const offers = useOffers(({ list }) => list.shown);
  const farewells = useOffers((state) => state.farewells);
  useRing(offers);
  useWaitingAlarm();
  // What speaks is always there: words that come together with their region are not read out.
  return (
    <div className="offers">
      <Arrival offer={offers.at(-1)} />
      <output className="offers-farewells">
        {farewells.map((farewell) => (
          <FarewellLine key={farewell.id} farewell={farewell} />
        ))}
      </output>
      {offers.length > 0 && (
        <section className="offers-list" aria-label={t('offer.label')}>
          <Cards offers={offers} />
        </section>
      )}
    </div>
  );
}

/** So many as leave room for what they lie over; the rest when it is asked for. */
function Cards({ offers }: { offers: readonly ShownOffer[] }) {
  const { t } = useI18n();
  const [showsAll, setShowsAll] = useState(false);
  const most = useIsPhone() ? mostCards.phone : mostCards.desk;
  const shown = showsAll ? offers : offers.slice(0, most);
  const hidden = offers.length - shown.length;
  return (
    <>
      {shown.map((offer, index) =>
        offer.ring ? (
          <RingCard key={offer.id} offer={offer} />
        ) : (
          <OfferCard key={offer.id} offer={offer} isFirst={index === 0} />
        ),
      )}
      {hidden > 0 && (
        <Button className="offers-more" variant="default" size="xs" onClick={() => setShowsAll(true)}>
          {t('offer.more', { count: hidden })}
        </Button>
      )}
    </>
  );
}

/** Says of the newest offer what those need who do not see it. */
function Arrival({ offer }: { offer: ShownOffer | undefined }) {
  const { t, format } = useI18n();
  const isSpoken = useTexts('phone');
  if (offer?.ring) {
    const name = offer.customerName || t('customer.unnamed');
    return (
      <span role="alert" className="unseen">
        {isSpoken && t('ring.arrived', { name, queue: offer.queueName })}
      </span>
    );
  }
  return (
    <span role="alert" className="unseen">
      {offer &&
        t('offer.arrived', {
          number: ticketNumber(ticketOf(offer), format),
          name: offer.customerName || t('customer.unnamed'),
          queue: offer.queueName,
          seconds: format.number(Math.ceil(offer.remainingMs / 1_000)),
        })}
    </span>
  );
}

function FarewellLine({ farewell: { ticket, outcome, byName } }: { farewell: Farewell }) {
  const { t, format } = useI18n();
  const number = ticketNumber(ticket, format);
  const words =
    outcome === 'taken'
      ? t(byName === '' ? 'offer.takenBySomebody' : 'offer.taken', { number, name: byName })
      : t(`offer.${outcome}`, { number });
  return <span className="offers-farewell">{words}</span>;
}
