import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useReadNotices } from './use-notices.js';

const lookMs = 1_000;

/** Whoever has a conversation before their eyes needs no notice of it any more. */
export function useReadOnSight(unread: number): void {
  const { conversation } = useParams({ strict: false });
  const read = useReadNotices();
  const isSeen = useIsSeen();
  useEffect(() => {
    if (conversation === undefined || unread === 0 || !isSeen) {
      return undefined;
    }
    const timer = setTimeout(() => read({ conversation }), lookMs);
    return () => clearTimeout(timer);
  }, [conversation, unread, isSeen, read]);
}

function useIsSeen(): boolean {
  const [isSeen, setSeen] = useState(looksAtPage);
  useEffect(() => {
    const look = () => setSeen(looksAtPage());
    const happenings = ['focus', 'blur', 'visibilitychange'] as const;
    happenings.forEach((name) => window.addEventListener(name, look, true));
    return () => happenings.forEach((name) => window.removeEventListener(name, look, true));
  }, []);
  return isSeen;
}

const looksAtPage = (): boolean => !document.hidden && document.hasFocus();
