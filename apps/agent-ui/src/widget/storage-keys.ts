/** Where a channel's chat keeps what it must remember. Two channels on one site never mix. */
export function storageKeys(channel: string): { visitor: string; waiting: string; open: string } {
  const visitor = `peyk.chat.${channel}`;
  return { visitor, waiting: `${visitor}.waiting`, open: `${visitor}.open` };
}

/** Storage may be switched off, full or forbidden to the page; the chat then lives for as long as the page does. */
export function tryStorage<T>(attempt: () => T): T | null {
  try {
    return attempt();
  } catch {
    return null;
  }
}

/** Forgets the visitor in this browser. */
export function forgetChannel(channel: string): void {
  tryStorage(() => {
    Object.values(storageKeys(channel)).forEach((key) => {
      localStorage.removeItem(key);
      sessionStorage.removeItem(key);
    });
  });
}
