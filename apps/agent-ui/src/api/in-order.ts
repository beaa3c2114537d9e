import type { ConversationView, MessageView } from '#contract';

/** A person's timeline runs by time, then by id: the order of every page of the API. */
export function byTime(a: Pick<MessageView, 'at' | 'id'>, b: Pick<MessageView, 'at' | 'id'>): number {
  return compare(a.at, b.at) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** An answer as the API gives it, in the order that the console keeps: oldest first. */
export function inOrder(view: ConversationView): ConversationView {
  return { ...view, messages: view.messages.toSorted(byTime) };
}
