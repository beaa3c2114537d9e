import type { ChannelKind } from '#contract';
import { latinDigits } from '../../i18n/latin-digits.js';
import { mailboxForm, type FormPart, type MailboxFieldName } from './mailbox/mailbox-form.js';
import { phoneForms, type PhoneFieldName } from './phone/phone-forms.js';
import { smsForms, type SmsFieldName } from './sms/sms-forms.js';
import { telegramForm, type TelegramFieldName } from './telegram-form.js';

export type FieldName =
  MailboxFieldName | SmsFieldName | TelegramFieldName | PhoneFieldName | 'allowedOrigins' | 'url' | 'secret';

export interface Field {
  name: FieldName;
  /** The settings object that it lies in, where that is not the channel's own; objects within objects are divided by dots. */
  within?: string;
  input: 'text' | 'number' | 'switch' | 'lines' | 'json' | 'choice' | 'paragraph';
  /** What can be chosen; '' is the hub's default. */
  choices?: readonly string[];
  /** The heading that it stands under. */
  part?: FormPart;
  /** What the hub takes where nothing is stored. */
  fallback?: unknown;
  /** Whether it has a meaning beside what the other fields say; by their keys. */
  isShown?: (values: Values) => boolean;
  /** Secrets go to the hub and never come back. */
  secret?: boolean;
  required?: boolean;
  example?: string;
  /** A sentence below its name says what it does. */
  hint?: boolean;
}

export interface ChannelFormSpec {
  form:
    | 'email'
    | 'telegram'
    | 'twilio'
    | 'kavenegar'
    | 'smpp'
    | 'gateway'
    | 'web'
    | 'twilioVoice'
    | 'jambonz'
    | 'asterisk'
    | 'pbx'
    | 'messages';
  kind: ChannelKind;
  /** Settings that the choice of the form stands for. */
  fixed?: Settings;
  /** Settings objects that are left out as a whole where one of their fields is empty. */
  optional?: Record<string, FieldName>;
  fields: readonly Field[];
}

export type Settings = Record<string, unknown>;

/** What each channel needs to know. The forms are drawn from this table; what it leaves out keeps the hub's defaults. */
export const channelForms: readonly ChannelFormSpec[] = [
  mailboxForm,
  telegramForm,
  ...smsForms,
  {
    form: 'web',
    kind: 'web',
    fields: [{ name: 'allowedOrigins', input: 'lines', example: 'https://www.example.com' }],
  },
  ...phoneForms,
  {
    form: 'messages',
    kind: 'messages',
    fields: [
      { name: 'url', input: 'text', example: 'https://…' },
      { name: 'secret', input: 'text', secret: true, required: true },
    ],
  },
];

export type FieldValue = string | boolean;

/** What stands in the fields of a form, by their keys. */
export type Values = Record<string, FieldValue>;

/** Names a field in its form: the same name may lie in several settings objects. */
export function keyOf({ name, within }: Pick<Field, 'name' | 'within'>): string {
  return within === undefined ? name : `${within}.${name}`;
}

/** The text that names a field. A server that sends has another name than the one that keeps the mailbox. */
export function labelKey(field: Field): 'field.address' {
  return `field.${keyOf(field).replaceAll('.', '_')}` as 'field.address';
}

/** The sentence below its name. */
export function hintKey(field: Field): 'fieldHint.number' {
  return `fieldHint.${keyOf(field).replaceAll('.', '_')}` as 'fieldHint.number';
}

/** The text of one thing that can be chosen in a field. */
export function choiceKey({ name }: Field, choice: string): 'choice.provider_none' {
  return `choice.${name}_${choice || 'none'}` as 'choice.provider_none';
}

/** The form of a stored channel: of several for its kind, the one whose fixed settings it has. */
export function formOf(kind: ChannelKind, config: Settings): ChannelFormSpec {
  const ofKind = channelForms.filter((form) => form.kind === kind);
  const fits = ({ fixed = {} }: ChannelFormSpec) =>
    Object.entries(fixed).every(([name, value]) => config[name] === value);
  return ofKind.find(fits) ?? (ofKind[0] as ChannelFormSpec);
}

const plainText = (setting: unknown): string =>
  typeof setting === 'string' || typeof setting === 'number' ? String(setting) : '';

const shown: Record<Field['input'], (setting: unknown) => FieldValue> = {
  switch: (setting) => setting === true,
  lines: (setting) => (Array.isArray(setting) ? setting.join('\n') : ''),
  json: (setting) => (setting === undefined ? '' : JSON.stringify(setting, null, 2)),
  text: plainText,
  number: plainText,
  choice: plainText,
  paragraph: plainText,
};

/** A setting as its field shows it. */
export function toField({ input }: Field, setting: unknown): FieldValue {
  return shown[input](setting);
}

const asWritten = (text: string): string => text;

const read: Record<Field['input'], (text: string) => unknown> = {
  number: (text) => Number(latinDigits(text)),
  lines: (text) => text.split(/\s*\n\s*/),
  json: (text) => JSON.parse(text) as unknown,
  switch: asWritten,
  text: asWritten,
  choice: asWritten,
  paragraph: asWritten,
};

/** A field as the hub stores it; undefined when it was left empty. Throws SyntaxError on JSON that is none. */
export function fromField({ input }: Field, value: FieldValue): unknown {
  if (typeof value === 'boolean') {
    return value;
  }
  const text = value.trim();
  if (text === '') {
    return input === 'lines' ? [] : undefined;
  }
  return read[input](text);
}

/** What a stored channel has at a field's place. */
export function settingAt(config: Settings, field: Pick<Field, 'name' | 'within'>): unknown {
  return keyOf(field)
    .split('.')
    .reduce<unknown>((place, name) => (place as Settings | null | undefined)?.[name], config);
}

/** The settings with a field's value in its place; without one the hub's default comes back. */
export function putSetting(config: Settings, field: Pick<Field, 'name' | 'within'>, value: unknown): Settings {
  return putAt(config, keyOf(field).split('.'), value);
}

function putAt(config: Settings, [name = '', ...inner]: string[], value: unknown): Settings {
  const put = inner.length === 0 ? value : putAt((config[name] as Settings | null | undefined) ?? {}, inner, value);
  const rest = Object.entries(config).filter(([key]) => key !== name);
  return Object.fromEntries(put === undefined ? rest : [...rest, [name, put]]);
}

/** The settings without the objects that have no meaning while their field is empty. */
export function leaveOut(config: Settings, { optional = {} }: Pick<ChannelFormSpec, 'optional'>): Settings {
  const kept = Object.entries(config).filter(([key, value]) => {
    const field = optional[key];
    return field === undefined || Boolean((value as Settings | null | undefined)?.[field]);
  });
  return Object.fromEntries(kept);
}
