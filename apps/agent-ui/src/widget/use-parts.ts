import { useEffect, useState } from 'preact/hooks';
import { addStyles } from './add-styles.js';

/** What most visitors never need, loaded when it is first wanted. */
export type Parts = typeof import('./parts/parts.js');

let styled: ShadowRoot | null = null;
let loaded: Parts | null = null;

/** Where the parts will be shown. */
export function placeParts(root: ShadowRoot): void {
  styled = root;
}

export async function loadParts(): Promise<Parts> {
  const parts = await import('./parts/parts.js');
  if (loaded === null && styled) {
    addStyles(styled, parts.styles);
  }
  loaded = parts;
  return parts;
}

/** Calls the visitor, who has not seen what just came; `unread` is '' once they have. */
export function callAttention(channel: string, unread: () => string): void {
  void loadParts().then(
    (parts) => parts.callAttention(channel, unread),
    () => undefined,
  );
}

/** The parts once they are wanted and here; `retry` is there where they could not be loaded. */
export function useParts(isWanted: boolean): { parts: Parts | null; retry: (() => void) | null } {
  const [parts, setParts] = useState(loaded);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    if (isWanted && !parts && !hasFailed) {
      loadParts().then(
        (here) => setParts(here),
        () => setHasFailed(true),
      );
    }
  }, [isWanted, parts, hasFailed]);
  return { parts, retry: hasFailed ? () => setHasFailed(false) : null };
}
