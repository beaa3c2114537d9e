import { normaliseEmail, normalisePhone, storableText, type Claim, type WebInside } from '#channels';
import type { VisitorField, VisitorFormCall, VisitorWay } from '#contract';
import { invalid } from '../platform/errors/api-error.js';

/** A filled-in form, checked: what goes on the timeline, and what it claims. Nothing of it proves anything. */
export interface FilledForm {
  text: string;
  /** What the visitor calls themselves; '' when they did not say. */
  name: string;
  claims: Claim[];
  /** How they want to be answered once they are gone; null: nothing new. */
  wish: { way: VisitorWay; address: string | null } | null;
}

type Before = WebInside['before'];
type Locale = VisitorFormCall['locale'];
type Values = VisitorFormCall['values'];

const labels = {
  en: {
    name: 'Name',
    email: 'E-mail',
    phone: 'Phone',
    consent: 'Agreed to',
    ways: { email: 'Answer me by e-mail', sms: 'Answer me by SMS', telegram: 'Answer me on Telegram' },
  },
  fa: {
    name: 'نام',
    email: 'ایمیل',
    phone: 'تلفن',
    consent: 'پذیرفته شد',
    ways: { email: 'پاسخ با ایمیل', sms: 'پاسخ با پیامک', telegram: 'پاسخ در تلگرام' },
  },
} as const;

/** The fields of the form before the first message, in their order; null when the channel asks for nothing. */
export function fieldsOf(before: Before, locale: Locale): VisitorField[] | null {
  if (!before.isOn) {
    return null;
  }
  const asked = (['name', 'email', 'phone'] as const)
    .filter((name) => before[name] !== 'off')
    .map((name): VisitorField => ({ name, isRequired: before[name] === 'required', label: '' }));
  const [question, consent] = [inLanguage(before.question, locale), inLanguage(before.consent, locale)];
  const fields: VisitorField[] = [
    ...asked,
    ...(question ? [{ name: 'question' as const, isRequired: true, label: question }] : []),
    ...(consent ? [{ name: 'consent' as const, isRequired: true, label: consent }] : []),
  ];
  return fields.length > 0 ? fields : null;
}

/** Where a chat asks for consent, it keeps nothing of somebody who never wrote before they gave it. Throws consent_missing. */
export async function refuseUnagreed(before: Before, know: () => Promise<object | null>): Promise<void> {
  const asksFirst = fieldsOf(before, 'en')?.some(({ name }) => name === 'consent') ?? false;
  if (asksFirst && (await know()) === null) {
    throw invalid('consent', 'Agree to what this chat asks first.', 'consent_missing');
  }
}

/** Reads the form before the first message. Throws what is missing or wrong, naming the field. `country` reads national numbers. */
export function readBefore(before: Before, { locale, values }: VisitorFormCall, country: string | null): FilledForm {
  const asked = fieldsOf(before, locale) ?? [];
  // A conversation is listed by its first line, so what it is about leads.
  const fields = asked.toSorted((one, other) => Number(other.name === 'question') - Number(one.name === 'question'));
  const lines: string[] = [];
  const claims: Claim[] = [];
  for (const field of fields) {
    const value = readField(field, values, country);
    if (value !== '') {
      lines.push(lineOf(field, value, locale));
      claims.push(...claimOf(field.name, value));
    }
  }
  return {
    text: lines.join('\n'),
    name: fields.some(({ name }) => name === 'name') ? nameOf(values) : '',
    claims,
    wish: null,
  };
}

/** Reads how somebody wants to be answered. Throws what is missing or wrong, naming the field. */
export function readAway(
  { locale, values, way }: VisitorFormCall,
  ways: readonly VisitorWay[],
  country: string | null,
): FilledForm {
  const message = storableText(values.message ?? '').trim();
  if (!way) {
    return { text: required('message', message), name: nameOf(values), claims: [], wish: null };
  }
  if (!ways.includes(way)) {
    throw invalid('way', 'This way is not offered here.', 'way_invalid');
  }
  const field = { name: way === 'email' ? ('email' as const) : ('phone' as const), isRequired: true };
  const address = way === 'telegram' ? null : readField(field, values, country);
  const wish = labels[locale].ways[way] + (address === null ? '' : `: ${address}`);
  return {
    text: [message, wish].filter((line) => line !== '').join('\n\n'),
    name: nameOf(values),
    claims: address === null ? [] : claimOf(field.name, address),
    wish: { way, address },
  };
}

/** A text that exists in two languages: the one asked for, else the other. */
export function inLanguage(text: { en: string; fa: string }, locale: Locale): string {
  return text[locale] || text.en || text.fa;
}

function nameOf({ name = '' }: Values): string {
  return storableText(name).replace(/\s+/g, ' ').trim();
}

/** The value in its normal form; '' where an optional one is left out. */
function readField(
  { name, isRequired }: Pick<VisitorField, 'name' | 'isRequired'>,
  values: Values,
  country: string | null,
): string {
  const written = name === 'name' ? nameOf(values) : storableText(values[name] ?? '').trim();
  if (written === '' || (name === 'consent' && written !== 'yes')) {
    return isRequired ? required(name, '') : '';
  }
  const value = normalValue(name, written, country);
  if (value === null) {
    throw invalid(name, 'This is not a valid address.', `${name}_invalid`);
  }
  return value;
}

function normalValue(name: VisitorField['name'], written: string, country: string | null): string | null {
  if (name === 'email') {
    return normaliseEmail(written);
  }
  if (name === 'phone') {
    const phone = normalisePhone(written, country);
    return phone?.kind === 'phone' ? phone.e164 : null;
  }
  return written;
}

function required(field: string, value: string): string {
  if (value === '') {
    throw invalid(field, 'Fill this in.', `${field}_missing`);
  }
  return value;
}

function claimOf(name: VisitorField['name'], address: string): Claim[] {
  return name === 'email' || name === 'phone' ? [{ kind: name, address, source: 'form' }] : [];
}

function lineOf({ name, label }: VisitorField, value: string, locale: Locale): string {
  switch (name) {
    case 'question':
      return `${label} ${value}`;
    case 'consent':
      return `${labels[locale].consent}: ${label}`;
    case 'name':
    case 'email':
    case 'phone':
      return `${labels[locale][name]}: ${value}`;
  }
}
