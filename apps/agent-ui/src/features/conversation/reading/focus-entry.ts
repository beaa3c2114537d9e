/** For so many frames entries come and go while those around them are measured. */
const mostFrames = 60;

/** So long may the way to an entry take that is a thousand others away, in milliseconds. */
const longestWayMs = 5_000;

const entryOf = (key: string) =>
  document.querySelector<HTMLElement>(`.timeline-item[data-key="${CSS.escape(key)}"] article`);

/**
 * Moves the focus to an entry of the timeline, as soon as it is there, so that it is read out and keys go on from it. An entry that was
 * taken away and laid again in the meantime has lost it and gets it back; what the reader turned to since keeps it.
 */
export function focusEntry(key: string): void {
  const from = document.activeElement;
  const giveUpAt = performance.now() + longestWayMs;
  const reach = () => {
    // One that is still measured is not to be seen, and takes no focus.
    if (tryToFocus(key)) {
      keepFocused(key, mostFrames);
    } else if (performance.now() < giveUpAt && !isWriting(from)) {
      requestAnimationFrame(reach);
    }
  };
  requestAnimationFrame(reach);
}

function keepFocused(key: string, frames: number): void {
  const isLost = (document.activeElement ?? document.body) === document.body;
  if (isLost) {
    tryToFocus(key);
  }
  if (frames > 0 && (isLost || document.activeElement === entryOf(key))) {
    requestAnimationFrame(() => keepFocused(key, frames - 1));
  }
}

function tryToFocus(key: string): boolean {
  const entry = entryOf(key);
  entry?.focus({ preventScroll: true });
  return entry !== null && document.activeElement === entry;
}

/** Whoever began to write meanwhile is not taken away from it. */
function isWriting(from: Element | null): boolean {
  const now = document.activeElement;
  return now !== from && now?.matches('input, textarea, [contenteditable]') === true;
}

/** The entry that has the focus, or in which something has it. */
export function focusedEntry(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('.timeline-item')?.dataset['key'];
}
