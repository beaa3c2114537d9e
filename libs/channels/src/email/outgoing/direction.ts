const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;
const letter = /\p{L}/u;

/** Which way a text runs: as its first letter does. Digits and signs have no direction of their own. */
export function directionOf(text: string): 'rtl' | 'ltr' {
  return rightToLeft.test(letter.exec(text)?.[0] ?? '') ? 'rtl' : 'ltr';
}

/** Text as HTML shows it. A zero-width non-joiner is named, for some mail programs drop the bare sign. */
export function escapeHtml(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
    '\u200c': '&zwnj;',
  };
  return text.replace(/[&<>"'\u200c]/gu, (sign) => named[sign] ?? sign);
}
