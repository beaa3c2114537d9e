import type { Locale } from './locale.js';

const svg = 'http://www.w3.org/2000/svg';

const labels = {
  en: { open: 'Chat with us', failed: 'The chat could not be loaded. Try again' },
  fa: { open: 'گفتگو با ما', failed: 'گفتگو بار نشد. دوباره بزنید' },
};

/** The round button in the corner. Built node by node: Trusted Types would refuse markup in a string. */
export function createLauncher(): HTMLButtonElement {
  const button = document.createElement('button');
  button.className = 'launcher';
  button.type = 'button';
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  const icon = document.createElementNS(svg, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  for (const [name, shape] of [
    ['closed', 'M4 5h16v11h-9l-5 4v-4H4z'],
    ['opened', 'M6 9.5l6 6 6-6'],
  ] as const) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('class', name);
    path.setAttribute('d', shape);
    icon.append(path);
  }
  button.append(icon);
  return button;
}

export function labelLauncher(button: HTMLButtonElement, locale: Locale, label: 'open' | 'failed' = 'open'): void {
  button.setAttribute('aria-label', labels[locale][label]);
  button.title = labels[locale][label];
}
