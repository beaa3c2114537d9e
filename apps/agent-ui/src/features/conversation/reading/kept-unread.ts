import { create } from 'zustand';

/** What its reader wants unread though it is before their eyes: from which message on, by conversation. It ends when they leave it. */
export const useKeptUnread = create<Record<string, string | undefined>>()(() => ({}));

export function keepUnread(conversation: string, message: string): void {
  useKeptUnread.setState({ [conversation]: message });
}

export function letBeRead(conversation: string): void {
  useKeptUnread.setState({ [conversation]: undefined });
}
