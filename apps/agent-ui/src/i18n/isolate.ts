const firstStrongIsolate = '\u2068';
const leftToRightIsolate = '\u2066';
const popDirectionalIsolate = '\u2069';

/** Sets a text apart, so that its direction and its neighbours' do not mix. */
export function isolate(text: unknown): string {
  return `${firstStrongIsolate}${String(text)}${popDirectionalIsolate}`;
}

/** For addresses, handles and codes in a plain string: they read from left to right wherever they stand. */
export function isolateLtr(text: string): string {
  return `${leftToRightIsolate}${text}${popDirectionalIsolate}`;
}
