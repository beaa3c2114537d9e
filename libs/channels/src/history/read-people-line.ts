import type { HistoryPerson } from './history-piece.js';
import { filled } from './json-fields.js';

const columns = {
  key: ['id', 'contact id', 'customer id', 'user id', 'شناسه'],
  name: ['name', 'full name', 'نام', 'نام و نام خانوادگی'],
  first: ['first name', 'firstname', 'first_name', 'نام کوچک'],
  last: ['last name', 'lastname', 'last_name', 'نام خانوادگی'],
  email: ['email', 'e-mail', 'email address', 'emails', 'ایمیل'],
  phone: ['phone', 'phone number', 'phone_number', 'mobile', 'phones', 'تلفن', 'شماره تلفن', 'موبایل'],
};

type Column = keyof typeof columns;

/** What the columns of a table of people are, by their names. Null: it names neither an address nor anybody. */
export function peopleColumns(header: readonly string[]): Map<Column, number[]> | null {
  const found = new Map<Column, number[]>();
  for (const [column, names] of Object.entries(columns) as [Column, string[]][]) {
    const at = header.flatMap((cell, index) => (names.includes(cell.trim().toLowerCase()) ? [index] : []));
    if (at.length > 0) {
      found.set(column, at);
    }
  }
  return found.has('email') || found.has('phone') ? found : null;
}

/** One of those people. Who has no number there is known by the first address. */
export function readPeopleLine(cells: readonly string[], found: ReadonlyMap<Column, readonly number[]>): HistoryPerson {
  const all = (column: Column): string[] => filled((found.get(column) ?? []).map((at) => cells[at] ?? ''));
  const addresses = (column: Column): string[] => filled(all(column).flatMap((cell) => cell.split(/[;,]/u)));
  const emails = addresses('email');
  const phones = addresses('phone');
  return {
    piece: 'person',
    key: all('key')[0] ?? emails[0] ?? phones[0] ?? '',
    name: all('name')[0] ?? filled([all('first')[0] ?? '', all('last')[0] ?? '']).join(' '),
    emails,
    phones,
    isStaff: false,
  };
}
