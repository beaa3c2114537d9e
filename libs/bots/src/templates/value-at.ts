/** What stands at a path of plain data; undefined where nothing does. Only what the data itself has, never what every object has. */
export function valueAt(data: unknown, path: readonly string[]): unknown {
  let value: unknown = data;
  for (const name of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
