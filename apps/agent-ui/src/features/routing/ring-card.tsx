import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCallIn } from '../../ui/icons.js';
import { useCountdown } from '../../ui/use-countdown.js';
import type { ShownOffer } from './offer-list.js';
import { OfferChips, useIsOver } from './offer-parts.js';
import { useAnswerOffer } from './use-offers.js';

/** A call that rings the reader's phone. It is answered by hand, so there is nothing to accept here; one can only say no. */
export function RingCard({ offer }: { offer: ShownOffer }) {
  const isSpoken = useTexts('phone');
  const { t, format } = useI18n();
  const leftMs = Math.min(useCountdown(offer.endsAt), offer.endsAt - offer.arrivedAt);
  const isOver = useIsOver(leftMs);
  const { decline, isBusy } = useAnswerOffer(offer);
  const name = offer.customerName || t('customer.unnamed');
  const seconds = Math.ceil(leftMs / 1_000);
  if (!isSpoken) {
    return null;
  }
  return (
    <article className="offer" data-ring aria-label={t('ring.title', { name })} aria-busy={isBusy}>
      <header className="offer-head" role="none">
        <span className="offer-ring" aria-hidden>
          <IconCallIn size={22} />
        </span>
        <div className="offer-who">
          <p className="offer-rings">{t('ring.yours')}</p>
          <h2 className="one-line">
            <bdi>{name}</bdi>
          </h2>
          <p className="one-line" dir="auto">
            {offer.subject}
          </p>
        </div>
        <span className="offer-left" role="timer" aria-label={t('offer.left', { seconds: format.number(seconds) })}>
          {format.duration(seconds)}
        </span>
      </header>
      <OfferChips offer={offer} />
      {isOver ? (
        <p className="offer-over">{t('offer.over')}</p>
      ) : (
        <div className="offer-answers">
          <p className="offer-why">{t('ring.pickUp')}</p>
          <Button variant="default" size="compact-md" disabled={isBusy} onClick={() => decline('')}>
            {t('ring.decline')}
          </Button>
        </div>
      )}
    </article>
  );
}
