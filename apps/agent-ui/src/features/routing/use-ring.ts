import { useEffect, useRef } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { play } from '../../ui/sound.js';
import { showSystemNotice } from '../../ui/system-notice.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { ticketOf, type ShownOffer } from './offer-list.js';

/** A customer waits behind an offer, so its sound does not stop at one. */
const againMs = 10_000;

/** Rings for offers: once for each that comes, and again while one waits. */
export function useRing(offers: readonly ShownOffer[]): void {
  const { t, format } = useI18n();
  const rung = useRef(new Set<string>());
  useEffect(() => {
    const news = offers.filter(({ id }) => !rung.current.has(id));
    rung.current = new Set(offers.map(({ id }) => id));
    for (const offer of news) {
      const title = t('offer.title', { number: ticketNumber(ticketOf(offer), format) });
      play('work');
      showSystemNotice({ key: `offer ${offer.id}`, title, words: offer.subject, run: () => undefined });
    }
  }, [offers, t, format]);
  const isWaiting = offers.length > 0;
  useEffect(() => {
    const timer = isWaiting ? setInterval(() => play('work'), againMs) : undefined;
    return () => clearInterval(timer);
  }, [isWaiting]);
}
