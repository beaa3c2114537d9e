const beginnings: [string, string][] = [
  ['image/png', '89504e47'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['image/bmp', '424d'],
];

/**
 * A picture as an address that holds it. By what the bytes are and not by what they are called: a drawing that can carry a script is no
 * picture here. Null for what is none.
 */
export function pictureUrl(bytes: Uint8Array): string | null {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = content.toString('hex', 0, 12);
  const isWebp = begin.startsWith('52494646') && begin.endsWith('57454250');
  const type = isWebp ? 'image/webp' : beginnings.find(([, mark]) => begin.startsWith(mark))?.[0];
  return type === undefined ? null : `data:${type};base64,${content.toString('base64')}`;
}
