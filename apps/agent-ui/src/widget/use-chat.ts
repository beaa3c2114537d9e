import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ChatState } from './chat-state.js';
import type { ChatStore } from './chat-store.js';
import { createFormats, type Formats } from './formats.js';
import { wordsOf, type Words } from './words.js';

/** The chat's state, drawn at most once a frame however fast it changes. */
export function useChat(store: ChatStore): ChatState {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    let frame: number | null = null;
    const read = (): void => {
      frame = null;
      setState(store.state);
    };
    read();
    const stop = store.watch(() => {
      frame ??= requestAnimationFrame(read);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame ?? 0);
    };
  }, [store]);
  return state;
}

export function useLanguage(locale: ChatState['locale']): { words: Words; formats: Formats } {
  return useMemo(() => ({ words: wordsOf(locale), formats: createFormats(locale) }), [locale]);
}

/** Whether a media query holds, followed as it changes. */
export function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  const [matches, setMatches] = useState(list.matches);
  useEffect(() => {
    const read = (): void => setMatches(list.matches);
    list.addEventListener('change', read);
    return () => list.removeEventListener('change', read);
  }, [list]);
  return matches;
}

/** True once something has lasted this long: a short break of the connection is not worth a word. */
export function useLasting(isSo: boolean, ms: number): boolean {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    setLasted(false);
    if (!isSo) {
      return undefined;
    }
    const timer = setTimeout(() => setLasted(true), ms);
    return () => clearTimeout(timer);
  }, [isSo, ms]);
  return isSo && lasted;
}
