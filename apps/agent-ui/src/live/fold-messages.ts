import type { ConversationView, MessageView, Page } from '#contract';
import { byTime } from '../api/in-order.js';

/**
 * Puts messages into an opened conversation: new ones in their place, known ones where they were, unless what is known
 * is newer. One that lies before the oldest loaded page stays out; that page brings it when it is read.
 */
export function foldMessages(view: ConversationView, arrived: readonly MessageView[]): ConversationView {
  const known = new Map(view.messages.map((message) => [message.id, message]));
  const oldest = view.before === null ? undefined : view.messages[0];
  const news = arrived.filter((message) => {
    const current = known.get(message.id);
    return current ? message.rev > current.rev : !oldest || byTime(oldest, message) < 0;
  });
  if (news.length === 0) {
    return view;
  }
  for (const message of news) {
    known.set(message.id, message);
  }
  return { ...view, messages: [...known.values()].toSorted(byTime) };
}

/** Lays an older page before what is loaded. The page comes newest first. */
export function foldOlderPage(view: ConversationView, page: Page<MessageView>): ConversationView {
  const loaded = new Set(view.messages.map(({ id }) => id));
  const older = page.rows.filter(({ id }) => !loaded.has(id)).toSorted(byTime);
  return { ...view, messages: [...older, ...view.messages], before: page.next };
}
