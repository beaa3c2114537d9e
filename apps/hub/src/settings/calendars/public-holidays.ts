/** A day off by law, with its name. */
export interface PublicHoliday {
  /** ISO date. */
  day: string;
  label: { en: string; fa: string };
}

const dayMs = 86_400_000;

/**
 * The public holidays of a country in a Gregorian year, from the tables of `date-holidays`. Days of the moon can lie a day off what is
 * announced, which is why they are taken over as days that can be edited. An unknown country has none.
 */
export async function publicHolidays(country: string, year: number): Promise<PublicHoliday[]> {
  // Loaded when it is asked for: the tables of all countries take 25 MB.
  const { default: Holidays } = await import('date-holidays');
  const tables = new Holidays(country);
  const inEnglish = tables.getHolidays(year, 'en') ?? [];
  const inPersian = new Map(
    (tables.getHolidays(year, 'fa') ?? []).map(({ rule, date, name }) => [`${rule} ${date}`, name]),
  );
  return inEnglish
    .filter(({ type }) => type === 'public')
    .flatMap(({ rule, date, name, start, end }) => {
      const label = { en: plain(name), fa: plain(inPersian.get(`${rule} ${date}`) ?? name) };
      return daysFrom(date.slice(0, 10), end.getTime() - start.getTime()).map((day) => ({ day, label }));
    });
}

/** Names come in the forms that letters have in print, which nobody can search for. */
function plain(name: string): string {
  return name.normalize('NFKC').trim();
}

function daysFrom(first: string, ms: number): string[] {
  const days = Math.max(1, Math.round(ms / dayMs));
  return Array.from({ length: days }, (_, index) =>
    new Date(Date.parse(first) + index * dayMs).toISOString().slice(0, 10),
  );
}
