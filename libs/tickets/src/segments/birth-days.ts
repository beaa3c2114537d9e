import { isValidJalaaliDate, toGregorian, toJalaali } from 'jalaali-js';

/** Who may have a birthday: born in one of so many years before this one. */
const oldest = 125;
const dayMs = 86_400_000;

/** Days of birth, `MM-DD`, whose birthday is on one of `days` + 1 days from today (YYYY-MM-DD). Of the 29th of February in other years: the 28th. */
export function gregorianBirthdays(today: string, days: number): string[] {
  const found = daysFrom(today, days).flatMap((date) => {
    const day = date.slice(5);
    return day === '02-28' && !isLeapYear(Number(date.slice(0, 4))) ? [day, '02-29'] : [day];
  });
  return [...new Set(found)];
}

/**
 * Days of birth, YYYY-MM-DD of the Gregorian calendar, whose Jalali birthday is on one of `days` + 1 days from today. The two calendars
 * move against each other, so every year of birth has its own. Of the 30th of Esfand in other years: the 29th.
 */
export function jalaliBirthdays(today: string, days: number): string[] {
  const found = daysFrom(today, days).flatMap((date) => {
    const [year, month, day] = date.split('-').map(Number) as [number, number, number];
    const { jy, jm, jd } = toJalaali(year, month, day);
    const isEve = jm === 12 && jd === 29 && !isValidJalaaliDate(jy, 12, 30);
    return Array.from({ length: oldest + 1 }, (_, age) => jy - age).flatMap((born) => [
      ...(isValidJalaaliDate(born, jm, jd) ? [gregorianOf(born, jm, jd)] : []),
      ...(isEve && isValidJalaaliDate(born, 12, 30) ? [gregorianOf(born, 12, 30)] : []),
    ]);
  });
  return [...new Set(found)];
}

function daysFrom(today: string, days: number): string[] {
  const first = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: days + 1 }, (_, index) => new Date(first + index * dayMs).toISOString().slice(0, 10));
}

function gregorianOf(year: number, month: number, day: number): string {
  const { gy, gm, gd } = toGregorian(year, month, day);
  return `${String(gy).padStart(4, '0')}-${two(gm)}-${two(gd)}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
