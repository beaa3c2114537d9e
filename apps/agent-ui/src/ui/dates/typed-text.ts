import { useEffect, useRef, useState } from 'react';

interface Wish {
  value: string | null;
  onChange: (value: string | null) => void;
  /** What stands in the field for a value. */
  show: (value: string) => string;
  /** What a text means; null for nothing. */
  read: (text: string) => string | null;
}

interface Typed {
  text: string;
  /** What the form held before it, until the form took this over; a form may as well keep what it had. */
  before: string | null | undefined;
}

/**
 * A field whose text is the writer's while they write, and the value's own form once they leave. A text that means nothing
 * stays to be put right, and is no value meanwhile: nothing is saved that is not seen.
 */
export function useTypedText({ value, onChange, show, read }: Wish) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [isLeft, setLeft] = useState(false);
  const meant = typed === null ? null : read(typed.text);
  if (typed !== null && typed.before !== undefined && meant === value) {
    setTyped({ text: typed.text, before: undefined });
  }
  const kept = keptText(typed, meant, value);
  return {
    isMeaningless: isMeaningless(kept, meant, value),
    text: kept ?? (value === null ? '' : show(value)),
    isWrong: isLeft && meant === null && (kept ?? '').trim() !== '',
    type: (text: string) => {
      setLeft(false);
      setTyped({ text, before: value });
      const now = read(text);
      if (now !== value) {
        onChange(now);
      }
    },
    leave: () => {
      setLeft(true);
      if (meant !== null) {
        setTyped(null);
      }
    },
    pick: (next: string | null) => {
      setTyped(null);
      onChange(next);
    },
  };
}

/** Whether what is seen is no value: something that is none, or nothing where the form keeps what it had. */
function isMeaningless(kept: string | null, meant: string | null, value: string | null): boolean {
  return kept !== null && meant === null && (kept.trim() !== '' || value !== null);
}

/** Keeps a form from being sent while this field is wrong: what it would send is not what is seen. */
export function useRefusal(problem: string | null) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.setCustomValidity(problem ?? ''));
  return field;
}

/** What was typed, until a value from elsewhere, such as that of a form that was emptied, takes its place. */
function keptText(typed: Typed | null, meant: string | null, value: string | null): string | null {
  return typed !== null && (meant === value || typed.before === value) ? typed.text : null;
}
