/** What the caller has begun to write and not sent. `content` is the console's own. */
export interface DraftView {
  /** The person's, as they are known by now. */
  conversationId: string;
  kind: 'text' | 'note';
  content: Record<string, unknown>;
  changedAt: string;
}

/** A draft of mine was changed in a window. `content` null: it was sent or thrown away. */
export interface DraftFrame {
  conversationId: string;
  kind: 'text' | 'note';
  content: Record<string, unknown> | null;
  /** The window that changed it: it knows already. */
  window: string;
}
