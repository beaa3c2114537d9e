/** What nobody waits for longer than: a machine that was asleep, a long look, a database that was away for a moment. */
const patienceMs = 60_000;

/** Whether a worker has not done its turn for longer than it should have, by the age of its last one. */
export function isSilent(agoMs: number, everyMs: number): boolean {
  return agoMs > 3 * everyMs + patienceMs;
}

/** A node tells of itself every few seconds (Heartbeats); of one that does not nothing is known. */
export function isNodeSilent(agoMs: number): boolean {
  return agoMs > patienceMs;
}
