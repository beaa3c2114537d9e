/** What somebody has begun and not finished, kept in this window so that a look elsewhere loses nothing; null: nothing is kept. */
export function readKept<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(name)) ?? 'null') as T | null;
  } catch {
    // The browser keeps nothing.
    return null;
  }
}

export function keep(name: string, begun: unknown): void {
  try {
    if (begun === null) {
      sessionStorage.removeItem(nameOf(name));
    } else {
      sessionStorage.setItem(nameOf(name), JSON.stringify(begun));
    }
  } catch {
    // A full or closed storage: it lives as long as the page.
  }
}

const nameOf = (name: string) => `peyk.${name}`;
