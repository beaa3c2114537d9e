const address = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]{2,}$/u;

/** Whether it looks like a mail address. The hub looks closer. */
export function isAddress(written: string): boolean {
  return written.length <= 254 && address.test(written);
}

/** Cuts what was typed or pasted into addresses: commas, semicolons and line ends of every script divide, and names fall away. */
export function readAddresses(written: string): string[] {
  return written
    .split(/[,;،؛\n\t]+/u)
    .flatMap((part) => /<([^<>]+)>/u.exec(part)?.[1] ?? part.trim().split(/\s+/u))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Those of `more` that are not there yet, added: an address counts once, however it is capitalised. */
export function addAddresses(list: readonly string[], more: readonly string[]): string[] {
  const known = new Set(list.map((one) => one.toLowerCase()));
  const fresh = more.filter((one) => !known.has(one.toLowerCase()) && known.add(one.toLowerCase()));
  return [...list, ...fresh];
}

export function removeAddresses(list: readonly string[], less: readonly string[]): string[] {
  const unwanted = new Set(less.map((one) => one.toLowerCase()));
  return list.filter((one) => !unwanted.has(one.toLowerCase()));
}
