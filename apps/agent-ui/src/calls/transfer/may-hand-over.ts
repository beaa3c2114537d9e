import type { CallView, MeView } from '#contract';

/** Lines that Peyk itself answers; of all other calls it only hears. */
const lines: ReadonlySet<CallView['source']> = new Set(['twilio', 'jambonz', 'agi']);

/** Whether the reader may hand the caller over who talks at this moment; the hub has the last word. */
export function mayHandOver(
  { direction, state, source, legs }: Pick<CallView, 'direction' | 'state' | 'source' | 'legs'>,
  me: Pick<MeView, 'id' | 'role'>,
): boolean {
  const talks = legs.findLast(({ outcome, endedAt }) => outcome === 'answered' && endedAt === null);
  const isLive = direction === 'in' && state === 'answered' && lines.has(source);
  return isLive && talks !== undefined && (talks.agentId === me.id || me.role !== 'agent');
}
