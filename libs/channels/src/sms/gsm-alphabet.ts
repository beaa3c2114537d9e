/** GSM 03.38 in the order of its codes; 0x1b, the escape into the extension table, holds the place of no letter. */
const basicLetters =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

const escapeCode = 0x1b;

const extendedCodes: Record<string, number> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};

const codes = new Map<string, number[]>([
  ...Array.from(basicLetters, (letter, code): [string, number[]] => [letter, [code]]).filter(
    ([, [code]]) => code !== escapeCode,
  ),
  ...Object.entries(extendedCodes).map(([letter, code]): [string, number[]] => [letter, [escapeCode, code]]),
]);

const letters = Array.from(basicLetters);
const extendedLetters = new Map(Object.entries(extendedCodes).map(([letter, code]) => [code, letter]));

/** The septets of a letter: one, two behind an escape, or null when the alphabet does not hold it. */
export function gsmCodes(letter: string): number[] | null {
  return codes.get(letter) ?? null;
}

/** Reads septets that came one to an octet. Of an unknown extension the plain letter is shown, as phones do. */
export function readGsm(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 1) {
    const code = (octets[at] ?? 0) & 0x7f;
    if (code === escapeCode) {
      at += 1;
      const next = (octets[at] ?? 0x20) & 0x7f;
      text += extendedLetters.get(next) ?? letters[next] ?? '';
    } else {
      text += letters[code] ?? '';
    }
  }
  return text;
}
