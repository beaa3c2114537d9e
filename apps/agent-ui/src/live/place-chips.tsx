import type { TicketView } from '#contract';
import { useI18n } from '../i18n/use-i18n.js';
import { useTexts } from '../i18n/use-texts.js';
import { IconClock, IconInbox, IconPerson, IconSkill } from '../ui/icons.js';
import { useCountdown } from '../ui/use-countdown.js';
import './place-chips.css';
import type { SeenPlace } from './place-loader.js';
import { usePlace } from './use-place.js';

/** How many places the hub counts; the last means that there may be more. */
const farthest = 200;

/** Lists are long and many look at them; an open conversation is one. */
const lineEveryMs = 30_000;
const stripEveryMs = 10_000;

/** In a line of a list: how long it waits and how far it is, or to whom it is offered. */
export function PlaceLine({ ticket }: { ticket: TicketView }) {
  const isSpoken = useTexts('routing');
  const { t } = useI18n();
  const place = usePlace(ticket, lineEveryMs);
  const words = usePlaceWords();
  if (!isSpoken || !place) {
    return t('list.unassigned');
  }
  const [offer] = place.offers;
  return offer ? words.offered(place) : `${words.position(place)} · ${words.waited(place)}`;
}

/** Under a conversation's header: everything about its wait. Nothing where nobody waits. */
export function PlaceStrip({ ticket }: { ticket: TicketView }) {
  const isSpoken = useTexts('routing');
  const { t, format } = useI18n();
  const place = usePlace(ticket, stripEveryMs);
  const words = usePlaceWords();
  if (!isSpoken || !place) {
    return null;
  }
  return (
    <ul className="place-strip" aria-label={t('place.label')}>
      <li className="chip">
        <IconClock size={13} aria-hidden />
        {t('place.waits', { time: words.waited(place) })}
      </li>
      <li className="chip">
        <IconInbox size={13} aria-hidden />
        {words.position(place)}
      </li>
      {place.offers.length > 0 && (
        <li className="chip" data-tone="warn">
          <IconPerson size={13} aria-hidden />
          <span>
            {words.offered(place)} <OfferLeft place={place} />
          </span>
        </li>
      )}
      {place.skills.map(({ id, name }) => (
        <li key={id} className="chip">
          <IconSkill size={13} aria-hidden />
          {t('place.skill', { name, level: format.number(place.skillLevel) })}
        </li>
      ))}
      {place.preferred && (
        <li className="chip">
          <IconPerson size={13} aria-hidden />
          {t('place.preferred', { name: place.preferred.name })}
        </li>
      )}
    </ul>
  );
}

function OfferLeft({ place: { offers, at } }: { place: SeenPlace }) {
  const { format } = useI18n();
  const longest = Math.max(...offers.map(({ remainingMs }) => remainingMs));
  const leftMs = useCountdown(at + longest);
  return <span className="place-left">{format.duration(Math.ceil(leftMs / 1_000))}</span>;
}

function usePlaceWords() {
  const { t, format } = useI18n();
  return {
    waited: ({ waitedMs, at }: SeenPlace) => format.ago(new Date(0).toISOString(), waitedMs + performance.now() - at),
    position: ({ position }: SeenPlace) =>
      t(position === farthest ? 'place.far' : 'place.position', { place: format.number(position ?? 1) }),
    offered: ({ offers: [first, ...others] }: SeenPlace) =>
      others.length > 0
        ? t('place.offeredToMany', { count: others.length + 1 })
        : t('place.offered', { name: first?.agent.name ?? '' }),
  };
}
