import type { CdrFaultView } from '#contract';
import { csvTable } from '../../platform/tables/csv.js';

const heads = {
  en: ['Line', 'What is wrong', 'What stands there'],
  fa: ['سطر', 'ایراد', 'آنچه نوشته شده'],
};

const words: Record<string, { en: string; fa: string }> = {
  truncated: { en: 'Cut off, or with too few columns', fa: 'بریده شده یا ستون کم دارد' },
  not_json: { en: 'Not JSON', fa: 'JSON نیست' },
  no_start: { en: 'No time', fa: 'زمان ندارد' },
  not_a_time: { en: 'Not a time', fa: 'زمان نیست' },
  no_numbers: { en: 'No number', fa: 'شماره ندارد' },
  too_long: { en: 'Too long for a record', fa: 'برای یک رکورد بیش از اندازه بلند است' },
};

/** Lines that are no calls, as a table for office programs. */
export function renderCdrFaults(faults: readonly CdrFaultView[], language: 'en' | 'fa'): string {
  const rows = faults.map(({ line, code, value }) => [String(line), words[code]?.[language] ?? code, value]);
  return csvTable([heads[language], ...rows]);
}
