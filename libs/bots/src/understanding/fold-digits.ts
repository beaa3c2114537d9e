/** A text with Persian and Arabic digits, and the signs that go with them, as ASCII; marks that are not seen are gone. */
export function foldDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, (mark) => (mark === '\u200c' ? ' ' : ''))
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replaceAll('٫', '.')
    .replaceAll('٬', ',')
    .trim();
}
