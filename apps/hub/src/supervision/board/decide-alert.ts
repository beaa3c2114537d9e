/** How a limit stands. `turnedAt`: since when it is the other way than was told last, in milliseconds; null: it is not. */
export interface LimitStanding {
  isRaised: boolean;
  turnedAt: number | null;
}

/** What becomes of it. */
export interface LimitTurn {
  turnedAt: number | null;
  becomes: 'raised' | 'ended' | null;
}

/**
 * Whether there is something to tell. A limit has to be passed without a break for `forMs` before it is told, and kept for as long before
 * it is over: a number that goes to and fro about its limit is one alert, and not one a minute.
 */
export function decideAlert(
  { isRaised, turnedAt }: LimitStanding,
  isPassed: boolean,
  forMs: number,
  now: number,
): LimitTurn {
  if (isPassed === isRaised) {
    return { turnedAt: null, becomes: null };
  }
  const since = turnedAt ?? now;
  return now - since >= forMs
    ? { turnedAt: null, becomes: isRaised ? 'ended' : 'raised' }
    : { turnedAt: since, becomes: null };
}
