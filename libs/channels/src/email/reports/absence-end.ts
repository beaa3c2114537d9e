const months: Record<string, number> = {};
const names = [
  'january jan januar jänner janvier janv enero ene gennaio gen janeiro januari januar ocak января stycznia يناير ژانویه',
  'february feb februar février févr fevrier febrero febbraio fevereiro fev februari şubat февраля lutego فبراير فوریه',
  'march mar märz maerz mars marzo março maart mart mrt марта marca مارس',
  'april apr avril avr abril abr aprile nisan апреля kwietnia أبريل ابريل آوریل اوریل',
  'may mai mayo maggio mag maio mei maj mayıs мая maja مايو مه می',
  'june jun juni juin junio giugno giu junho haziran июня czerwca يونيو ژوئن',
  'july jul juli juillet juil julio luglio lug julho temmuz июля lipca يوليو ژوئیه جولای',
  'august aug août aout agosto ago augustus augusti ağustos августа sierpnia أغسطس اغسطس اوت آگوست',
  'september sep sept septembre septiembre settembre set setembro eylül сентября września سبتمبر سپتامبر',
  'october oct oktober okt octobre octubre ottobre ott outubro ekim октября października أكتوبر اكتوبر اکتبر',
  'november nov novembre noviembre novembro kasım ноября listopada نوفمبر نوامبر',
  'december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro aralık декабря grudnia ديسمبر دسامبر',
];
names.forEach((list, index) => list.split(' ').forEach((name) => (months[name] = index + 1)));
const jalaliMonths = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'آبان',
  'آذر',
  'دی',
  'بهمن',
  'اسفند',
];

const until =
  /(?<!\p{L})(?:until|till|til|through|thru|untill|return(?:ing)?(?: (?:to (?:the |my )?(?:office|work)))?(?: on)?|back (?:in the office |at work |in |at my desk )?(?:on|from)?|bis(?: (?:zum|einschließlich|inkl\.?))?|wieder (?:ab|am|im büro ab)|zurück (?:am|ab)|ab dem|jusqu.au|jusqu.à|de retour le|hasta el|hasta|regres\w+ el|vuelvo el|fino al|rientr\w+ il|até(?: o dia| ao dia| dia)?|tot(?: en met)?|t\/m|till och med|t o m|do dnia|do|до|по|تا(?: تاریخ| روز| پایان)?|لغایت|بازگشت|حتى|kadar)(?!\p{L})/giu;
/** Words that follow the day instead. */
const afterDay = /(?:باز ?می ?گرد|بر ?می ?گرد|باز ?خواهم ?گشت|بر ?خواهم ?گشت|tarihine kadar)/gu;
const persianDigits = /[۰-۹٠-٩]/gu;
const dayMs = 86_400_000;

interface Day {
  year: number | null;
  month: number;
  day: number;
}

/**
 * The day on which an absence ends, or on which the person is back, when the text tells it; ISO date, else null. A date without
 * a year is the next one after `sentAt`. Days that could be read two ways are read as most of the world writes them, day first.
 */
export function readAbsenceEnd(text: string, sentAt: Date): string | null {
  const plain = text
    .slice(0, 3_000)
    .replace(persianDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[\u200c-\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/giu, '$1');
  for (const found of plain.matchAll(until)) {
    const end = readDay(plain.slice(found.index + found[0].length, found.index + found[0].length + 60), sentAt);
    if (end !== null) {
      return end;
    }
  }
  return readDayBefore(plain, sentAt) ?? readRangeEnd(plain, sentAt);
}

function readDayBefore(text: string, sentAt: Date): string | null {
  for (const { index } of text.matchAll(afterDay)) {
    const before = /\d[^.!?؟\n]{0,40}$/u.exec(text.slice(Math.max(0, index - 41), index))?.[0] ?? '';
    const day = readDay(before, sentAt);
    if (day !== null) {
      return day;
    }
  }
  return null;
}

/** `July 10-31`, `21-28 December`, `from 24 Dec to 2 Jan`. */
function readRangeEnd(text: string, sentAt: Date): string | null {
  const range = /(\p{L}{3,10})\.? \d{1,2} ?(?:-|–|to) ?(\d{1,2})(?!\d)/u.exec(text);
  const turned = /(?<!\d)\d{1,2}\.? ?(?:-|–|to) ?(\d{1,2})\.? (\p{L}{3,12})/u.exec(text);
  const end = endIn(range?.[1], range?.[2], sentAt) ?? endIn(turned?.[2], turned?.[1], sentAt);
  const from = /\bfrom\b[^.!?\n]{3,40}?\b(?:to|till)\b/iu.exec(text);
  return end ?? (from && readDay(text.slice(from.index + from[0].length).slice(0, 60), sentAt));
}

function endIn(name: string | undefined, day: string | undefined, sentAt: Date): string | null {
  const month = months[name?.toLowerCase() ?? ''];
  return month === undefined ? null : isoDay({ year: null, month, day: Number(day) }, sentAt);
}

function readDay(text: string, sentAt: Date): string | null {
  const jalali = jalaliDay(text);
  if (jalali) {
    return isoOfJalali(jalali, sentAt);
  }
  const day = isoForm(text) ?? numericForm(text) ?? namedForm(text);
  return day === null ? null : isoDay(day, sentAt);
}

const lead = /^[^\d\n]{0,30}?/u.source;

function isoForm(text: string): Day | null {
  const found = new RegExp(`${lead}(20\\d\\d)[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)`, 'u').exec(text);
  return found && { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
}

function numericForm(text: string): Day | null {
  const found = new RegExp(`${lead}(\\d{1,2})([./-]) ?(\\d{1,2})(?:\\2 ?(20\\d\\d|\\d\\d)?)?(?!\\d)`, 'u').exec(text);
  if (!found || (found[4] === undefined && found[2] !== '.')) {
    return null;
  }
  const [first, second] = [Number(found[1]), Number(found[3])];
  const year = found[4] === undefined ? null : (Number(found[4]) % 2_000) + 2_000;
  return second > 12 ? { year, month: first, day: second } : { year, month: second, day: first };
}

function namedForm(text: string): Day | null {
  const dayFirst = new RegExp(
    `${lead}(\\d{1,2})\\.? (?:de |of )?(\\p{L}{2,12})\\.?(?:,? (?:de )?(20\\d\\d))?`,
    'u',
  ).exec(text);
  const before = dayFirst && months[dayFirst[2]?.toLowerCase() ?? ''];
  if (before) {
    return { year: yearOf(dayFirst[3]), month: before, day: Number(dayFirst[1]) };
  }
  const monthFirst = /^[^\d\n]{0,24}?(\p{L}{3,12})\.? (\d{1,2})(?!\d)(?:,? (20\d\d))?/u.exec(text);
  const after = monthFirst && months[monthFirst[1]?.toLowerCase() ?? ''];
  return after ? { year: yearOf(monthFirst[3]), month: after, day: Number(monthFirst[2]) } : null;
}

function yearOf(written: string | undefined): number | null {
  return written === undefined ? null : Number(written);
}

function jalaliDay(text: string): Day | null {
  const numeric = /^[^\d\n]{0,30}?(1[34]\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/u.exec(text);
  if (numeric) {
    return { year: Number(numeric[1]), month: Number(numeric[2]), day: Number(numeric[3]) };
  }
  const named = new RegExp(
    `${lead}(\\d{1,2}) ?(?:ام|م)? ?(${jalaliMonths.join('|')})(?: ?(?:ماه)? ?(1[34]\\d\\d))?`,
    'u',
  ).exec(text);
  return named && { year: yearOf(named[3]), month: jalaliMonths.indexOf(named[2] ?? '') + 1, day: Number(named[1]) };
}

/** A day that the calendar has; without a year, the next such day. */
function isoDay({ year, month, day }: Day, sentAt: Date): string | null {
  const inYear = (one: number) => new Date(Date.UTC(one, month - 1, day));
  const guess = inYear(year ?? sentAt.getUTCFullYear());
  const at = year === null && guess.getTime() < sentAt.getTime() - dayMs ? inYear(sentAt.getUTCFullYear() + 1) : guess;
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null;
}

const jalaliParts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

function jalaliOf(at: Date): Required<Day> {
  const parts = jalaliParts.formatToParts(at);
  const number = (type: string) => Number.parseInt(parts.find((part) => part.type === type)?.value ?? '', 10);
  return { year: number('year'), month: number('month'), day: number('day') };
}

/** The months have 31 days in the first half of the year and 30 in the second; the year begins between 19 and 22 March. */
function isoOfJalali({ year, month, day }: Day, sentAt: Date): string | null {
  const now = jalaliOf(sentAt);
  const isPast = month < now.month || (month === now.month && day < now.day);
  const wanted = year ?? (now.year ?? 0) + (isPast ? 1 : 0);
  const dayOfYear = (month - 1) * 30 + Math.min(month - 1, 6) + day;
  const guess = Date.UTC(wanted + 621, 2, 20) + (dayOfYear - 1) * dayMs;
  for (let shift = -1; shift <= 2; shift++) {
    const at = new Date(guess + shift * dayMs);
    const read = jalaliOf(at);
    if (read.year === wanted && read.month === month && read.day === day) {
      return at.toISOString().slice(0, 10);
    }
  }
  return null;
}
