const words: Record<string, string> = {
  '0': 'صفر',
  '1': 'یک',
  '2': 'دو',
  '3': 'سه',
  '4': 'چهار',
  '5': 'پنج',
  '6': 'شش',
  '7': 'هفت',
  '8': 'هشت',
  '9': 'نه',
  '10': 'ده',
  '11': 'یازده',
  '12': 'دوازده',
  '13': 'سیزده',
  '14': 'چهارده',
  '15': 'پانزده',
  '16': 'شانزده',
  '17': 'هفده',
  '18': 'هجده',
  '19': 'نوزده',
  '20': 'بیست',
  '30': 'سی',
  '40': 'چهل',
  '50': 'پنجاه',
  '60': 'شصت',
  '70': 'هفتاد',
  '80': 'هشتاد',
  '90': 'نود',
  '100': 'صد',
  '200': 'دویست',
  '300': 'سیصد',
  '400': 'چهارصد',
  '500': 'پانصد',
  '600': 'ششصد',
  '700': 'هفتصد',
  '800': 'هشتصد',
  '900': 'نهصد',
  and: 'و',
  minus: 'منفی',
  point: 'ممیز',
  toman: 'تومان',
  rial: 'ریال',
  thousand: 'هزار',
  million: 'میلیون',
  billion: 'میلیارد',
};

const months = ['فروردین', 'اردیبهشت', 'خرداد', 'تیر', 'مرداد', 'شهریور', 'مهر', 'آبان', 'آذر', 'دی', 'بهمن', 'اسفند'];

const tens = ['', '', 'بیست', 'سی'];
const ordinals: Record<number, string> = { 1: 'یکم', 2: 'دوم', 3: 'سوم', 10: 'دهم', 20: 'بیستم', 30: 'سی‌اُم' };

/** What is read aloud in a recording of `numbers/fa/`; null for a name that is none of them. */
export function numberText(name: string): string | null {
  const [, key = ''] = /^numbers\/fa\/([\w-]+)\.wav$/u.exec(name) ?? [];
  const [, kind, place] = /^(day|month)-(\d{1,2})$/u.exec(key) ?? [];
  if (kind === 'month') {
    return months[Number(place) - 1] ?? null;
  }
  return kind === 'day' ? ordinal(Number(place)) : Object.hasOwn(words, key) ? (words[key] ?? null) : null;
}

/** Of a day in its month: پنجم, بیست و یکم. */
function ordinal(day: number): string {
  const whole = ordinals[day];
  if (whole !== undefined) {
    return whole;
  }
  if (day < 20) {
    return `${words[String(day)] ?? ''}م`;
  }
  return `${tens[Math.floor(day / 10)] ?? ''} و ${ordinal(day % 10)}`;
}
