/**
 * How many are needed so that few wait long: Erlang C, for arrivals at random, one line, and nobody who gives up waiting. Where people do
 * give up, it asks for a few more than are needed.
 */

/** The share of arrivals that must wait. `load` in erlangs; 1 where there are too few to ever catch up. */
export function shareThatWaits(agents: number, load: number): number {
  if (load <= 0) {
    return 0;
  }
  if (agents <= load) {
    return 1;
  }
  let blocked = 1;
  for (let n = 1; n <= agents; n += 1) {
    blocked = (load * blocked) / (n + load * blocked);
  }
  return blocked / (1 - (load / agents) * (1 - blocked));
}

/** What comes in and how long it takes. */
export interface Offered {
  /** Erlangs: arrivals of an hour × hours that each takes. */
  load: number;
  handleSeconds: number;
}

/** The share of those who wait no longer than so many seconds. */
export function serviceLevel(agents: number, { load, handleSeconds }: Offered, seconds: number): number {
  if (load <= 0) {
    return 1;
  }
  if (agents <= load) {
    return 0;
  }
  return 1 - shareThatWaits(agents, load) * Math.exp((-(agents - load) * seconds) / handleSeconds);
}

/** The fewest with whom `share` of the arrivals wait no longer than `seconds`. */
export function agentsNeeded(offered: Offered, { share, seconds }: { share: number; seconds: number }): number {
  if (offered.load <= 0) {
    return 0;
  }
  let agents = Math.floor(offered.load) + 1;
  while (serviceLevel(agents, offered, seconds) < share) {
    agents += 1;
  }
  return agents;
}
