import type { Environment } from './environment.js';
import { listVariables } from './variable.js';

/** Below this length a name of one letter more or less is likely a slip, and one of two likely another word: HOME is not HOST. */
const longName = 8;

/** What the operator may not have meant, one sentence each. */
export function listWarnings(env: Environment, variables: Record<string, string | undefined>): string[] {
  return [...misspelt(Object.keys(variables)), ...unseenClients(env)];
}

/** Names that nobody reads and that are one or two letters away from one that is read. */
function misspelt(names: string[]): string[] {
  const known = listVariables().map(({ name }) => name);
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((one) => distance(name.toUpperCase(), one) <= (one.length < longName ? 1 : 2));
      return meant === undefined ? [] : [`${name} is set and not read by anything. Is ${meant} meant?`];
    });
}

/** Without it everybody who comes through the proxy is one client: one of them who guesses passwords locks all of them out. */
function unseenClients({ PUBLIC_URL: url, TRUST_PROXY: proxy }: Environment): string[] {
  return url?.startsWith('https:') && !proxy
    ? [
        'PUBLIC_URL is https and TRUST_PROXY is not set: all clients seem to come from the TLS proxy, so limits meet all of them at once. Set TRUST_PROXY to its address.',
      ]
    : [];
}

/** How many letters must be put in, taken out or changed to make one word the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1];
    for (const [at, other] of to.split('').entries()) {
      const changed = (row[at] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] as number) + 1, (next[at] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
