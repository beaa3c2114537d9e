const argument = /\{([a-z][a-z0-9_]{0,47})\}/g;

/** The names of the arguments in an address, in their order. */
export function argumentsIn(url: string): string[] {
  return [...new Set([...url.matchAll(argument)].map(([, name]) => name as string))];
}

/**
 * The address with its arguments in it. Each is escaped as one part of an address, so that none can lead elsewhere: no slash, no dots
 * alone, no further parameter. Null: an argument is missing, empty or not a plain value.
 */
export function fillAddress(url: string, args: Record<string, unknown>): string | null {
  let isWhole = true;
  const filled = url.replaceAll(argument, (_whole, name: string) => {
    const value = plain(args[name]);
    isWhole &&= value !== null;
    return value ?? '';
  });
  return isWhole ? filled : null;
}

function plain(value: unknown): string | null {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = isPlain ? String(value).trim() : '';
  // A part that is only dots would be taken for a step upwards, escaped or not.
  return text === '' || /^\.+$/.test(text) || !text.isWellFormed() ? null : encodeURIComponent(text);
}

/** What is wrong with an address as an administrator writes it; null: nothing. */
export function faultOfAddress(written: string): 'scheme' | 'credentials' | 'host' | null {
  const url = URL.parse(written.replaceAll(argument, 'x'));
  if (!url || !/^https?:$/.test(url.protocol)) {
    return 'scheme';
  }
  if (url.username !== '' || url.password !== '') {
    return 'credentials';
  }
  const beforePath = /^https?:\/\/[^/?#]+/i.exec(written)?.[0] ?? written;
  const other = URL.parse(written.replaceAll(argument, 'y'));
  return beforePath.includes('{') || other?.origin !== url.origin ? 'host' : null;
}
