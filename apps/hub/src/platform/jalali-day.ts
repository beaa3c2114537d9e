const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  timeZone: 'UTC',
});

/** A day of the calendar that most of the world has, `2026-11-23`, in the Jalali one: 1405, 9 and 2. */
export function jalaliDay(day: string): { year: number; month: number; day: number } {
  const parts = persian.formatToParts(new Date(`${day}T12:00:00Z`));
  const number = (wanted: string): number => Number(parts.find(({ type }) => type === wanted)?.value);
  return { year: number('year'), month: number('month'), day: number('day') };
}

/** The same as it is written: 1405/09/02. */
export function writeJalaliDay(day: string): string {
  const jalali = jalaliDay(day);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(jalali.year)}/${two(jalali.month)}/${two(jalali.day)}`;
}
