import { storableText } from '#channels';
import type { ImportFaultView, ImportKindView, ImportTermsView } from '#contract';
import { readAttributeValue, readDayText, readNumber, type Attribute, type AttributeValue } from '#tickets';
import type { ImportedPeople, WantedPerson } from '../people/imported-people.service.js';
import { toMinorUnits, type PurchaseTerms } from '../purchases/read-purchase.js';
import type { TableLine } from './read-table.js';

/** How the lines of an import are read. */
export interface LineTerms {
  kind: ImportKindView;
  terms: ImportTermsView;
  attributes: ReadonlyMap<string, Attribute>;
  people: Pick<ImportedPeople, 'read'>;
  /** Of days without a time. */
  zone: string;
}

/** A line that can be taken. */
export interface ReadLine {
  line: number;
  person: WantedPerson;
  /** Attributes that have a value; what is empty stays as it is with the customer. */
  values: Record<string, AttributeValue>;
  purchase: PurchaseTerms | null;
}

const shownValue = 200;

/** A line as a customer and what is said of them, or everything that is wrong with it. */
export function readLine(table: TableLine, given: LineTerms): { read: ReadLine } | { faults: ImportFaultView[] } {
  const cell = cellsOf(table, given.terms.columns);
  const faults: ImportFaultView[] = [];
  const fail = (field: string, code: string): void => {
    faults.push({ line: table.line, field, code, value: storableText(cell(field)).slice(0, shownValue) });
  };
  const person = given.people.read({
    phone: cell('phone'),
    email: cell('email'),
    externalId: cell('external_id'),
    name: cell('name'),
    locale: cell('locale'),
  });
  if ('fault' in person) {
    fail(person.field, person.fault);
  } else if (person.addresses.length === 0) {
    fail('', 'no_address');
  }
  const values = readValues(given, cell, fail);
  const purchase = given.kind === 'purchases' ? readPurchase(given, cell, fail) : null;
  if ('fault' in person || faults.length > 0) {
    return { faults };
  }
  return { read: { line: table.line, person, values, purchase } };
}

type Cell = (meaning: string) => string;
type Fail = (field: string, code: string) => void;

function cellsOf({ cells }: TableLine, columns: readonly string[]): Cell {
  return (meaning) => (meaning === '' ? '' : (cells[columns.indexOf(meaning)] ?? ''));
}

function readValues({ terms, attributes }: LineTerms, cell: Cell, fail: Fail): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = {};
  for (const column of terms.columns.filter((one) => one.startsWith('attribute:'))) {
    const key = column.slice('attribute:'.length);
    const attribute = attributes.get(key);
    const read = attribute ? readAttributeValue(attribute, cell(column)) : { fault: 'unknown_attribute' };
    if ('fault' in read) {
      fail(column, read.fault);
    } else if (read.value !== null) {
      values[key] = read.value;
    }
  }
  return values;
}

function readPurchase({ terms, zone }: LineTerms, cell: Cell, fail: Fail): PurchaseTerms | null {
  const externalId = storableText(cell('purchase_id')).trim();
  if (externalId === '' || externalId.length > 200) {
    fail('purchase_id', 'not_an_id');
  }
  const at = readInstant(cell('at'), zone);
  if (at === null) {
    fail('at', 'not_a_date');
  }
  const currency = cell('currency').toUpperCase() || terms.currency;
  const number = readNumber(cell('amount'));
  const money = number === null ? null : toMinorUnits(number, currency);
  if (money === null) {
    fail('amount', 'not_an_amount');
  }
  if (!/^[A-Z]{3}$/u.test(currency)) {
    fail('currency', 'not_a_currency');
  }
  if (at === null || money === null) {
    return null;
  }
  return { externalId, ...money, at, items: storableText(cell('items')).slice(0, 4_000) };
}

const clock = /(\d{1,2}):(\d{2})(?::(\d{2}))?/u;
const offset = /(?:z|[+-]\d{2}:?\d{2})$/iu;

/** A day with or without a time, as an ISO instant. A time without an offset is that of the zone; a day without a time is its noon. */
function readInstant(written: string, zone: string): string | null {
  const day = readDayText(written);
  if (day === null) {
    return null;
  }
  const latin = written
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
  const [, hour = '12', minute = '0', second = '0'] = clock.exec(latin) ?? [];
  const two = (part: string): string => part.padStart(2, '0');
  const local = Date.parse(`${day}T${two(hour)}:${two(minute)}:${two(second)}Z`);
  if (Number.isNaN(local)) {
    return null;
  }
  const exact = offset.test(latin) && clock.test(latin) ? Date.parse(latin.replace(' ', 'T')) : Number.NaN;
  return new Date(Number.isNaN(exact) ? local - offsetMs(local, zone) : exact).toISOString();
}

/** How far the clocks of a zone are ahead of UTC around an instant. */
function offsetMs(at: number, zone: string): number {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}
