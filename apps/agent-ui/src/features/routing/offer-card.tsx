import { Button, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelMark } from '../../ui/channel-mark.js';
import { shownOf, useCommand } from '../../ui/commands.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCountdown } from '../../ui/use-countdown.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { ticketOf, type ShownOffer } from './offer-list.js';
import { OfferChips, useIsOver } from './offer-parts.js';
import { useAnswerOffer } from './use-offers.js';

const hurryMs = 10_000;
/** A hand that moves to take one offer must not take the one that moved up into its place. */
const settleMs = 600;

interface Props {
  offer: ShownOffer;
  /** The one that the key takes. */
  isFirst: boolean;
}

/** One piece of work, how long it may still be taken, and the two answers. Those behind the first are kept to a line. */
export function OfferCard({ offer, isFirst }: Props) {
  const { t, format } = useI18n();
  const title = t('offer.title', { number: ticketNumber(ticketOf(offer), format) });
  // A step of the clock may lie before the offer; it never has more time than it came with.
  const leftMs = Math.min(useCountdown(offer.endsAt), offer.endsAt - offer.arrivedAt);
  const isOver = useIsOver(leftMs);
  const isSettled = useIsSettled(isFirst);
  const { accept, decline, isBusy } = useAnswerOffer(offer);
  const [declines, setDeclines] = useState(false);
  const mayAnswer = !isOver && !isBusy;
  const size = isFirst ? 'sm' : 'compact-sm';
  useCommand('accept', isSettled && mayAnswer ? accept : null);
  return (
    <article className="offer" aria-label={title} aria-busy={isBusy} data-hurry={leftMs < hurryMs || undefined}>
      <OfferHead offer={offer} leftMs={leftMs} />
      <OfferChips offer={offer} />
      <span className="offer-bar" aria-hidden>
        <span style={{ inlineSize: `${shareOf(offer, leftMs)}%` }} />
      </span>
      {isOver && <p className="offer-over">{t('offer.over')}</p>}
      {!isOver && declines && <DeclineForm onDecline={decline} onBack={() => setDeclines(false)} isBusy={isBusy} />}
      {!isOver && !declines && (
        <div className="offer-answers">
          <Button size={size} onClick={accept} disabled={!mayAnswer} rightSection={isFirst && <AcceptKey />}>
            {t('offer.accept')}
          </Button>
          <Button size={size} variant="default" onClick={() => setDeclines(true)} disabled={!mayAnswer}>
            {t('offer.decline')}
          </Button>
        </div>
      )}
    </article>
  );
}

function AcceptKey() {
  return (
    <kbd className="offer-key" dir="ltr" aria-hidden>
      {shownOf('accept', 'single')}
    </kbd>
  );
}

function OfferHead({ offer, leftMs }: { offer: ShownOffer; leftMs: number }) {
  const { t, format } = useI18n();
  const name = offer.customerName || t('customer.unnamed');
  const seconds = Math.ceil(leftMs / 1_000);
  return (
    <header className="offer-head" role="none">
      <PersonAvatar name={name}>{offer.channelKind && <ChannelMark kind={offer.channelKind} size={17} />}</PersonAvatar>
      <div className="offer-who">
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
  );
}

interface DeclineProps {
  onDecline: (reason: string) => void;
  onBack: () => void;
  isBusy: boolean;
}

function DeclineForm({ onDecline, onBack, isBusy }: DeclineProps) {
  const { t } = useI18n();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('reason');
    onDecline(typeof typed === 'string' ? typed.trim() : '');
  };
  return (
    <form className="offer-decline" onSubmit={submit}>
      <TextInput name="reason" label={t('offer.reason')} maxLength={200} ref={(field) => field?.focus()} />
      <div className="offer-answers">
        <Button type="submit" color="red" variant="light" loading={isBusy}>
          {t('offer.decline')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('common.back')}
        </Button>
      </div>
    </form>
  );
}

function shareOf({ arrivedAt, endsAt }: ShownOffer, leftMs: number): number {
  return Math.min(100, (leftMs / Math.max(1, endsAt - arrivedAt)) * 100);
}

function useIsSettled(isFirst: boolean): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(isFirst), isFirst ? settleMs : 0);
    return () => clearTimeout(timer);
  }, [isFirst]);
  return isSettled;
}
