import { useI18n } from '../../i18n/use-i18n.js';
import { useRoutingTexts } from '../../i18n/use-routing-texts.js';
import { OfferCard } from './offer-card.js';
import type { ShownOffer } from './offer-list.js';
import './offers.css';
import { useOffers, type Farewell } from './offers-store.js';
import { useFollowLoad } from './use-load.js';
import { useFollowOffers } from './use-offers.js';
import { useRing } from './use-ring.js';
import { useWaitingAlarm } from './use-waiting-alarm.js';

/** Work that is offered to this reader, over whatever they look at. */
export function Offers() {
  const isSpoken = useRoutingTexts();
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
          {offers.map((offer, index) => (
            <OfferCard key={offer.id} offer={offer} isFirst={index === 0} />
          ))}
        </section>
      )}
    </div>
  );
}

/** Says of the newest offer what those need who do not see it. */
function Arrival({ offer }: { offer: ShownOffer | undefined }) {
  const { t, format } = useI18n();
  return (
    <span role="alert" className="unseen">
      {offer &&
        t('offer.arrived', {
          number: format.digits(offer.ticketNumber),
          name: offer.customerName || t('customer.unnamed'),
          queue: offer.queueName,
          seconds: format.number(Math.ceil(offer.remainingMs / 1_000)),
        })}
    </span>
  );
}

function FarewellLine({ farewell: { number, outcome, byName } }: { farewell: Farewell }) {
  const { t, format } = useI18n();
  const ticket = format.digits(number);
  const words =
    outcome === 'taken'
      ? t(byName === '' ? 'offer.takenBySomebody' : 'offer.taken', { number: ticket, name: byName })
      : t(`offer.${outcome}`, { number: ticket });
  return <span className="offers-farewell">{words}</span>;
}
