import type { ConversationView } from '#contract';

/** What the timeline last told of a ticket's call back; null: nothing that is loaded. */
export function lastCallbackNews({ messages }: Pick<ConversationView, 'messages'>, ticketId: string): string | null {
  const told = messages
    .filter(({ ticketId: of, event }) => of === ticketId && event?.name.startsWith('callback.') === true)
    .toSorted((one, other) => one.at.localeCompare(other.at));
  return told.at(-1)?.id ?? null;
}
