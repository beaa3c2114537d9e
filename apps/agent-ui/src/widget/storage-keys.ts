/** Where a channel's chat keeps who the visitor is; everything else that it keeps has a key that begins with this one. */
export const visitorKey = (channel: string): string => `peyk.chat.${channel}`;

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
  const prefix = visitorKey(channel);
  for (const store of [() => localStorage, () => sessionStorage]) {
    tryStorage(() => {
      Object.keys(store())
        .filter((key) => key.startsWith(prefix))
        .forEach((key) => store().removeItem(key));
    });
  }
}
