const heads: [type: 'image/png' | 'image/jpeg', head: Buffer][] = [
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ff', 'hex')],
];

/** What a picture is, by its own first bytes; null for anything that is not shown everywhere. */
export function pictureType(bytes: Buffer): 'image/png' | 'image/jpeg' | null {
  return heads.find(([, head]) => bytes.subarray(0, head.length).equals(head))?.[0] ?? null;
}
