import { keep, readKept } from '../../ui/kept-in-window.js';

const most = 8;

const nameOf = (account: string) => `searches.${account}`;

/** What an account searched for, the latest first. It may name customers, so it goes with the window. */
export function recentSearches(account: string): string[] {
  return readKept<string[]>(nameOf(account)) ?? [];
}

export function rememberSearch(account: string, text: string): void {
  const others = recentSearches(account).filter((one) => one !== text);
  keep(nameOf(account), text === '' ? others : [text, ...others].slice(0, most));
}

export function forgetSearches(account: string): void {
  keep(nameOf(account), null);
}
