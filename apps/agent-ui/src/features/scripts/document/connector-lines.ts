/** Lines such as `Name: value`, as headers and mappings are typed. */
export function readPairs(typed: string): [string, string][] {
  return typed.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    const name = (at === -1 ? line : line.slice(0, at)).trim();
    return name === '' ? [] : [[name, at === -1 ? '' : line.slice(at + 1).trim()]];
  });
}

export function writePairs(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** The arguments of an address: the names in braces, each once. */
export function argumentsOf(url: string): string[] {
  return [...new Set([...url.matchAll(/\{([a-z][a-z0-9_]*)\}/gu)].map(([, name = '']) => name))];
}
