import type { ConversationView, MessageView } from '#contract';

/** Says which message a reader goes to, of those that are here; null where it is not among them. */
export type FindPlace = (messages: readonly MessageView[]) => string | null;

/** Where a reader goes at once, by name. */
export function placesOf({
  read,
  unread,
}: Pick<ConversationView, 'read' | 'unread'>): Record<'firstUnread' | 'lastAnswer' | 'lastNote' | 'newest', FindPlace> {
  const isUnread = ({ direction, conversation, seq }: MessageView) =>
    direction === 'in' && seq > (read[conversation] ?? 0);
  return {
    // The hub counts them; before all of them are here, the first of those that are is not the first.
    firstUnread: (messages) => {
      const news = messages.filter(isUnread);
      return news.length > 0 && news.length >= unread ? (news[0]?.id ?? null) : null;
    },
    lastAnswer: (messages) => lastOf(messages, ({ author, kind }) => author.kind === 'agent' && kind === 'text'),
    lastNote: (messages) => lastOf(messages, ({ kind }) => kind === 'note'),
    newest: (messages) => messages.at(-1)?.id ?? null,
  };
}

function lastOf(messages: readonly MessageView[], is: (message: MessageView) => boolean): string | null {
  return messages.findLast(is)?.id ?? null;
}
