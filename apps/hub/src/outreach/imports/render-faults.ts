import type { ImportFaultView } from '#contract';
import { faultWords } from './fault-words.js';

const heads = {
  en: ['Line', 'Column', 'What is wrong', 'What stands there'],
  fa: ['سطر', 'ستون', 'ایراد', 'آنچه نوشته شده'],
};

/** Lines that could not be taken, as a table for office programs: with a byte order mark, without which they would take it for Latin. */
export function renderFaults(faults: readonly ImportFaultView[], language: 'en' | 'fa'): string {
  const rows = faults.map(({ line, field, code, value }) => [
    String(line),
    field,
    faultWords[code]?.[language] ?? code,
    value,
  ]);
  return `\ufeff${[heads[language], ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

/** What a stranger wrote must not become a formula. */
function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
