import { useRef, useState } from 'react';
import { slashAt, type SlashWord } from './slash-word.js';

/** Which canned reply is being looked for in the text, if any, and the one of the menu that is about to be taken. */
export function useSlash() {
  const [word, setWord] = useState<SlashWord | null>(null);
  const [active, setActive] = useState<string | undefined>(undefined);
  const dismissed = useRef<number | null>(null);

  /** Looks again after the text or the caret moved. */
  const look = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) => {
    const found = selectionStart === selectionEnd ? slashAt(value, selectionStart) : null;
    if (found === null) {
      dismissed.current = null;
    }
    setWord(found?.from === dismissed.current ? null : found);
  };
  const close = () => {
    dismissed.current = word?.from ?? null;
    setWord(null);
  };
  return { word, active, setActive, look, close };
}

export type Slash = ReturnType<typeof useSlash>;
