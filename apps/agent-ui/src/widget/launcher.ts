import type { Locale } from './locale.js';

const labels = {
  en: { open: 'Chat with us', failed: 'Try again' },
  fa: { open: 'گفتگو با ما', failed: 'دوباره بزنید' },
};

/** The round button in the corner. Its sign is drawn by its styles: Trusted Types would refuse markup in a string. */
export function createLauncher(): HTMLButtonElement {
  const button = document.createElement('button');
  button.className = 'launcher';
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  return button;
}

/** Its title is its name as well, for eyes and for screen readers. */
export function labelLauncher(button: HTMLButtonElement, locale: Locale, label: 'open' | 'failed' = 'open'): void {
  button.title = labels[locale][label];
}
