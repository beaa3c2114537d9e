import type { ImportFaultView } from '#contract';
import { csvTable } from '../../platform/tables/csv.js';
import { faultWords } from './fault-words.js';

const heads = {
  en: ['Line', 'Column', 'What is wrong', 'What stands there'],
  fa: ['سطر', 'ستون', 'ایراد', 'آنچه نوشته شده'],
};

/** Lines that could not be taken, as a table for office programs. */
export function renderFaults(faults: readonly ImportFaultView[], language: 'en' | 'fa'): string {
  const rows = faults.map(({ line, field, code, value }) => [
    String(line),
    field,
    faultWords[code]?.[language] ?? code,
    value,
  ]);
  return csvTable([heads[language], ...rows]);
}
