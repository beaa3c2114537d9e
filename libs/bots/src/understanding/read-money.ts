import { matchKey } from '#channels';
import { foldDigits } from './fold-digits.js';
import { readNumber } from './read-number.js';

const units: Record<string, string> = Object.fromEntries(
  Object.entries({
    IRT: 'تومان تومن toman tomans',
    IRR: 'ریال rial rials ريال',
    USD: 'dollar dollars usd دلار',
    EUR: 'euro euros eur یورو',
    GBP: 'pound pounds gbp پوند',
    AED: 'dirham dirhams aed درهم',
    TRY: 'lira liras try لیر',
  }).flatMap(([currency, words]) => words.split(' ').map((word) => [matchKey(word), currency])),
);
const signs: Record<string, string> = { $: 'USD', '€': 'EUR', '£': 'GBP', '﷼': 'IRR' };

/**
 * An amount of money in a currency: `۲۰ هزار تومان`, `200,000 ریال`, `$12.50`. Tomans and rials are turned into one another; an amount of
 * another currency is `currency`, since nobody knows the rate; null for what is no amount. Without a unit it is of the currency wanted.
 */
export function readMoney(text: string, wanted: string): number | 'currency' | null {
  const { rest, currency } = takeUnit(text);
  const amount = readNumber(rest);
  if (amount === null || amount < 0) {
    return null;
  }
  if (currency === null || currency === wanted) {
    return amount;
  }
  if (currency === 'IRT' && wanted === 'IRR') {
    return amount * 10;
  }
  return currency === 'IRR' && wanted === 'IRT' ? amount / 10 : 'currency';
}

function takeUnit(text: string): { rest: string; currency: string | null } {
  // NFKC writes the sign of the rial out, as a word.
  const parted = foldDigits(text.replaceAll('﷼', ' ریال ')).replace(/([$€£])/gu, ' $1 ');
  const rest: string[] = [];
  let currency: string | null = null;
  for (const word of parted.replaceAll(/(\d)(\p{L})/gu, '$1 $2').split(/\s+/u)) {
    const unit = signs[word] ?? unitOf(matchKey(word));
    currency ??= unit;
    if (unit === null) {
      rest.push(word);
    }
  }
  return { rest: rest.join(' '), currency };
}

function unitOf(word: string): string | null {
  return Object.hasOwn(units, word) ? (units[word] ?? null) : null;
}
