import type { HistoryFaultView } from '#contract';
import { csvTable } from '../../platform/tables/csv.js';

const heads = {
  en: ['File', 'Record', 'Part', 'What is wrong'],
  fa: ['پرونده', 'رکورد', 'بخش', 'ایراد'],
};

const words: Record<string, { en: string; fa: string }> = {
  not_json: { en: 'Not valid JSON', fa: 'JSON درست نیست' },
  unknown_record: { en: 'Not a record of this product', fa: 'رکوردی از این محصول نیست' },
  no_columns: {
    en: 'The first line names neither e-mail nor phone',
    fa: 'سطر نخست نه ایمیل را نام می‌برد و نه تلفن را',
  },
  no_key: { en: 'It has no number of its own', fa: 'شناسه‌ای ندارد' },
  no_person: { en: 'Nothing says whose ticket it is', fa: 'معلوم نیست تیکت از آنِ کیست' },
  no_ticket: { en: 'Its ticket is in none of the files', fa: 'تیکت آن در هیچ‌یک از پرونده‌ها نیست' },
  no_time: { en: 'Nothing says when it was written', fa: 'معلوم نیست کی نوشته شده است' },
  in_future: { en: 'Its time is yet to come', fa: 'زمان آن هنوز نرسیده است' },
  empty: { en: 'It says nothing', fa: 'چیزی در آن نوشته نشده است' },
  file_too_large: {
    en: 'A file of it is larger than 25 MB; only its name was kept',
    fa: 'یکی از فایل‌های آن بزرگ‌تر از ۲۵ مگابایت است؛ تنها نامش نگه داشته شد',
  },
  two_customers: {
    en: 'The addresses belong to two customers here, so this person was left apart',
    fa: 'نشانی‌ها از آنِ دو مشتریِ اینجا هستند، پس این شخص جدا ماند',
  },
  forgotten: {
    en: 'This customer was erased and is not brought back',
    fa: 'این مشتری پاک شده است و بازگردانده نمی‌شود',
  },
};

/** Records that could not be taken, as a table for office programs. */
export function renderHistoryFaults(faults: readonly HistoryFaultView[], language: 'en' | 'fa'): string {
  const rows = faults.map(({ file, record, part, code }) => [
    file,
    record === 0 ? '' : String(record),
    part,
    words[code]?.[language] ?? code,
  ]);
  return csvTable([heads[language], ...rows]);
}
