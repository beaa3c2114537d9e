const mostShown = 9;

/** The page's icon with a count on it, as a data address. `shown`: the count in the reader's digits. */
export function badgedIcon(shown: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#0d6e74"/><path d="M7 15.2 25 7l-5.4 18-4.2-6.6z" fill="#fff"/><circle cx="22" cy="22" r="10" fill="#c92a2a"/><text x="22" y="27" font-family="sans-serif" font-size="14" font-weight="700" text-anchor="middle" fill="#fff">${shown}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Shows on the page's icon, and on that of the installed console, how much waits for its reader. */
export function showBadge(count: number, write: (count: number) => string): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (icon) {
    icon.href = count === 0 ? '/peyk.svg' : badgedIcon(count > mostShown ? `${write(mostShown)}+` : write(count));
  }
  const badge = navigator as Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;
  // An icon that shows no badge is no failure.
  (count === 0 ? badge.clearAppBadge?.() : badge.setAppBadge?.(count))?.catch(() => undefined);
}
