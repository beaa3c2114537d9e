/** How a text travels as SMS: GSM-7 when every letter is in that alphabet, UCS-2 otherwise (all Persian is). */
export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** What the last segment still holds: letters of GSM-7, UTF-16 units of UCS-2. */
  left: number;
}

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const escaped = new Set('\f^{}\\[~]|€');
const room = { 'GSM-7': { alone: 160, part: 153 }, 'UCS-2': { alone: 70, part: 67 } };

/** Counts as the hub does; its own count is what leaves. An escaped letter or a pair of units is never torn between segments. */
export function countSegments(text: string): Segments {
  const letters = Array.from(text);
  const encoding = letters.every((letter) => basic.has(letter) || escaped.has(letter)) ? 'GSM-7' : 'UCS-2';
  const sizes = letters.map((letter) => sizeOf(letter, encoding));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = room[encoding];
  return { encoding, ...(units <= alone ? { segments: 1, left: alone - units } : fill(sizes, part)) };
}

function sizeOf(letter: string, encoding: Segments['encoding']): number {
  return encoding === 'UCS-2' ? letter.length : Number(escaped.has(letter)) + 1;
}

function fill(sizes: number[], capacity: number): Pick<Segments, 'segments' | 'left'> {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { segments, left: capacity - used };
}

/** Signs that programs put in the place of those on the keyboard; each makes the whole message UCS-2. */
const plain: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': ',',
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u200b': '',
  '•': '*',
  '×': 'x',
  '\t': ' ',
};
const fancy = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');

/**
 * The same text with plain signs, where that and nothing else makes it cheaper; null otherwise. A Persian text gains nothing: its
 * letters are UCS-2 whatever its signs are.
 */
export function plainerText(text: string): string | null {
  const plainer = text.replace(fancy, (sign) => plain[sign] ?? sign);
  const isCheaper = plainer !== text && countSegments(plainer).encoding === 'GSM-7';
  return isCheaper ? plainer : null;
}
