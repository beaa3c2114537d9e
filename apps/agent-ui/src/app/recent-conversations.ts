import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe } from '../api/queries.js';

const kept = 8;

const nameOf = (account: string) => `peyk.recent.${account}`;

/** Conversations that an account opened in this browser, the latest first. Only ids are kept: names are the hub's to tell. */
export function recentConversations(account: string): string[] {
  try {
    return (localStorage.getItem(nameOf(account)) ?? '').split(' ').filter((id) => id !== '');
  } catch {
    // A browser that keeps nothing remembers none.
    return [];
  }
}

/** Remembers which conversation is open. */
export function useRecentConversations(): void {
  const { id } = useMe();
  const { conversation } = useParams({ strict: false });
  useEffect(() => {
    if (conversation !== undefined) {
      const others = recentConversations(id).filter((one) => one !== conversation);
      try {
        localStorage.setItem(nameOf(id), [conversation, ...others].slice(0, kept).join(' '));
      } catch {
        // A full or closed storage: nothing that somebody works with depends on it.
      }
    }
  }, [id, conversation]);
}
