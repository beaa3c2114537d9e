import type { ConversationView, MessageView } from '#contract';

/** What the timeline last told of a ticket's call back; null: nothing that is loaded. A call that is over may have been missed, or have settled one. */
export function lastCallbackNews({ messages }: Pick<ConversationView, 'messages'>, ticketId: string): string | null {
  const told = messages
    .filter((message) => message.ticketId === ticketId && tellsOfOne(message))
    .toSorted((one, other) => one.at.localeCompare(other.at));
  return told.at(-1)?.id ?? null;
}

function tellsOfOne({ event, call }: MessageView): boolean {
  return event?.name.startsWith('callback.') === true || call?.state === 'ended';
}
