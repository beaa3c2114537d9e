import type { RoutingPlaceView } from '#contract';
import type { Answers } from './choose-answers.js';
import { useExplainWords, type ExplainWords } from './use-explain-words.js';

interface Props extends Pick<Answers, 'ranked' | 'choice'> {
  place: RoutingPlaceView | null;
}

/** How many places the hub counts. */
const farthest = 200;

/** Where it stands or stood in line, and of what its place is made. */
export function OrderAnswer({ place, ranked, choice }: Props) {
  const words = useExplainWords();
  const { t } = words;
  const where = sayPlace(place, words) ?? sayThen(choice, words);
  return (
    <>
      {where !== null && <p>{where}</p>}
      {ranked ? <Boost ranked={ranked} /> : <p>{t('explain.order.unknown')}</p>}
    </>
  );
}

function Boost({ ranked: { boostMs, parts } }: { ranked: NonNullable<Answers['ranked']> }) {
  const { t, span } = useExplainWords();
  if (boostMs <= 0) {
    return <p>{t('explain.order.plain')}</p>;
  }
  const named = (['priority', 'tier', 'overdue'] as const).filter((name) => parts[name] > 0);
  const sum = named.reduce((total, name) => total + parts[name], 0);
  return (
    <>
      <p>{t('explain.order.boost', { time: span(boostMs) })}</p>
      <ul className="explain-parts">
        {named.map((name) => (
          <li key={name}>{t(`explain.order.${name}`, { time: span(parts[name]) })}</li>
        ))}
      </ul>
      {sum > boostMs && <p>{t('explain.order.capped')}</p>}
    </>
  );
}

function sayPlace(place: RoutingPlaceView | null, { t, format, span }: ExplainWords): string | null {
  if (place === null || place.position === null) {
    return null;
  }
  return t(place.position === farthest ? 'explain.order.far' : 'explain.order.place', {
    place: format.number(place.position),
    time: span(place.waitedMs),
  });
}

function sayThen(choice: Answers['choice'], { t, span }: ExplainWords): string | null {
  if (choice === null || choice.waitedMs === null) {
    return null;
  }
  const time = span(choice.waitedMs);
  return choice.ahead === 0 || choice.ahead === null
    ? t('explain.order.first', { time })
    : t('explain.order.then', { time, count: choice.ahead });
}
