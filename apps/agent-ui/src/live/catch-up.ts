import type { ConversationView } from '#contract';

/**
 * Remembers the newest rev that was announced for each conversation row, and says which rows of an opened conversation
 * are behind it. An announcement may come before the page it is about, so it is kept rather than compared at once.
 */
export class Announcements {
  private readonly newest = new Map<string, number>();

  note(conversation: string, rev: number): void {
    this.newest.set(conversation, Math.max(rev, this.newest.get(conversation) ?? 0));
  }

  /** The revs to ask with, by row; empty when nothing is missing. */
  behind(view: ConversationView): Record<string, number> {
    const late = view.parts.filter(({ conversation, rev }) => (this.newest.get(conversation) ?? 0) > rev);
    return Object.fromEntries(late.map(({ conversation, rev }) => [conversation, rev]));
  }
}
