import { describe, expect, it } from '@jest/globals';
import { gregorianBirthdays, jalaliBirthdays } from './birth-days.js';

describe('birthdays', () => {
  it('come on the same day of the Gregorian year, over its end', () => {
    expect(gregorianBirthdays('2026-12-31', 1)).toEqual(['12-31', '01-01']);
  });

  it('of the 29th of February are kept a day earlier where there is none', () => {
    expect(gregorianBirthdays('2027-02-28', 0)).toEqual(['02-28', '02-29']);
    expect(gregorianBirthdays('2028-02-28', 0)).toEqual(['02-28']);
  });

  it('of the Jalali calendar come on another Gregorian day from year to year', () => {
    // The 1st of Farvardin: in 1375 the 20th of March, in 1376 the 21st.
    const nowruz = jalaliBirthdays('2026-03-21', 0);
    expect(nowruz).toContain('1996-03-20');
    expect(nowruz).toContain('1997-03-21');
    expect(nowruz).not.toContain('1996-03-21');
  });

  it('of the 30th of Esfand are kept on the 29th where the year has no 30th', () => {
    // 1403 had one: the 20th of March 2025. 1404 has none, and ends on the 20th of March 2026.
    expect(jalaliBirthdays('2026-03-20', 0)).toContain('2025-03-20');
    expect(jalaliBirthdays('2026-03-19', 0)).not.toContain('2025-03-20');
  });
});
