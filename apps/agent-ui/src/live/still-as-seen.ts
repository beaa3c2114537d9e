import type { ConversationView, TicketView } from '#contract';

/** What a person decides by. The rest of a ticket counts along with our own words and with its clocks. */
const decidedBy = [
  'state',
  'stateNameId',
  'priority',
  'queueId',
  'ownerId',
  'subject',
  'tags',
  'fields',
  'mergedInto',
  'parentId',
  'snoozedUntil',
  'isSpam',
] as const satisfies readonly (keyof TicketView)[];

/**
 * The ticket as it is now, where what was decided on seeing `seen` still means the same: neither is anything different that one decides by, nor has
 * the customer written since. Undefined where it is to be looked at again.
 */
export function stillAsSeen(ticketId: string, seen: ConversationView, now: ConversationView): TicketView | undefined {
  const [before, after] = [seen, now].map(({ tickets }) => tickets.find(({ id }) => id === ticketId));
  const isSame =
    before && after && decidedBy.every((one) => JSON.stringify(before[one]) === JSON.stringify(after[one]));
  return isSame && !hasWritten(seen, now) ? after : undefined;
}

/** Both hold the newest messages, in either order: what came from outside and was not seen is new. */
function hasWritten(seen: ConversationView, now: ConversationView): boolean {
  const known = new Set(seen.messages.map(({ id }) => id));
  return now.messages.some(({ id, direction }) => direction === 'in' && !known.has(id));
}
