/** What lies at a path like `entries[0].messageid` or `[0].id` inside a JSON value; undefined when nothing does. */
export function readPath(value: unknown, path: string): unknown {
  const steps = path
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(/^\./, '')
    .split('.');
  return steps.reduce<unknown>(
    (place, step) =>
      typeof place === 'object' && place !== null && Object.hasOwn(place, step)
        ? (place as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

/** The same as text: numbers are written out, anything that is neither text nor number is absent. */
export function readTextAt(value: unknown, path: string | undefined): string | null {
  const found = path === undefined ? undefined : readPath(value, path);
  if (typeof found === 'number') {
    return String(found);
  }
  return typeof found === 'string' && found !== '' ? found : null;
}
