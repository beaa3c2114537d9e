import type { ChannelKind } from '#contract';
import { asciiDigits } from '../../i18n/formats.js';

type FieldName =
  | 'address'
  | 'host'
  | 'port'
  | 'user'
  | 'password'
  | 'secure'
  | 'token'
  | 'apiRoot'
  | 'accountSid'
  | 'authToken'
  | 'from'
  | 'baseUrl'
  | 'template'
  | 'allowedDomains'
  | 'number'
  | 'secret'
  | 'url';

export interface Field {
  name: FieldName;
  input: 'text' | 'number' | 'switch' | 'lines' | 'json';
  /** Secrets go to the hub and never come back. */
  secret?: boolean;
  required?: boolean;
  example?: string;
}

type FormName = 'email' | 'telegram' | 'twilio' | 'gateway' | 'web' | 'phone' | 'messages';

export interface ChannelFormSpec {
  form: FormName;
  kind: ChannelKind;
  /** Settings that the form itself stands for. */
  fixed?: Record<string, unknown>;
  fields: readonly Field[];
}

/** What each channel needs to know. The form is drawn from this table. */
export const channelForms: readonly ChannelFormSpec[] = [
  {
    form: 'email',
    kind: 'email',
    fields: [
      { name: 'address', input: 'text', required: true, example: 'help@example.com' },
      { name: 'host', input: 'text', required: true, example: 'smtp.example.com' },
      { name: 'port', input: 'number', required: true, example: '587' },
      { name: 'secure', input: 'switch' },
      { name: 'user', input: 'text' },
      { name: 'password', input: 'text', secret: true },
    ],
  },
  {
    form: 'telegram',
    kind: 'telegram',
    fields: [
      { name: 'token', input: 'text', secret: true, required: true, example: '123456:ABC…' },
      { name: 'apiRoot', input: 'text', example: 'https://api.telegram.org' },
    ],
  },
  {
    form: 'twilio',
    kind: 'sms',
    fixed: { provider: 'twilio' },
    fields: [
      { name: 'accountSid', input: 'text', required: true, example: 'AC…' },
      { name: 'authToken', input: 'text', secret: true, required: true },
      { name: 'from', input: 'text', required: true, example: '+15550100' },
      { name: 'baseUrl', input: 'text', example: 'https://api.twilio.com' },
    ],
  },
  {
    form: 'gateway',
    kind: 'sms',
    fixed: { provider: 'gateway' },
    fields: [
      { name: 'from', input: 'text', required: true },
      { name: 'template', input: 'json', required: true, example: '{ "url": "https://…", "method": "POST" }' },
      { name: 'secret', input: 'text', secret: true },
    ],
  },
  { form: 'web', kind: 'web', fields: [{ name: 'allowedDomains', input: 'lines', example: 'www.example.com' }] },
  {
    form: 'phone',
    kind: 'phone',
    fields: [
      { name: 'number', input: 'text', required: true, example: '+15550100' },
      { name: 'secret', input: 'text', secret: true },
    ],
  },
  {
    form: 'messages',
    kind: 'messages',
    fields: [
      { name: 'url', input: 'text', required: true, example: 'https://…' },
      { name: 'secret', input: 'text', secret: true },
    ],
  },
];

export type FieldValue = string | boolean;

/** The form of a stored channel: of several for its kind, the one whose fixed settings it has. */
export function formOf(kind: ChannelKind, config: Record<string, unknown>): ChannelFormSpec {
  const ofKind = channelForms.filter((form) => form.kind === kind);
  const fits = ({ fixed = {} }: ChannelFormSpec) =>
    Object.entries(fixed).every(([name, value]) => config[name] === value);
  return ofKind.find(fits) ?? (ofKind[0] as ChannelFormSpec);
}

/** A setting as its field shows it. */
export function toField({ input }: Field, setting: unknown): FieldValue {
  switch (input) {
    case 'switch':
      return setting === true;
    case 'lines':
      return Array.isArray(setting) ? setting.join('\n') : '';
    case 'json':
      return setting === undefined ? '' : JSON.stringify(setting, null, 2);
    case 'text':
    case 'number':
      return typeof setting === 'string' || typeof setting === 'number' ? String(setting) : '';
  }
}

/** A field as the hub stores it; undefined when it was left empty. Throws SyntaxError on JSON that is none. */
export function fromField({ input }: Field, value: FieldValue): unknown {
  if (typeof value === 'boolean') {
    return value;
  }
  const text = value.trim();
  if (text === '') {
    return input === 'lines' ? [] : undefined;
  }
  switch (input) {
    case 'number':
      return Number(asciiDigits(text));
    case 'lines':
      return text.split(/\s*\n\s*/);
    case 'json':
      return JSON.parse(text) as unknown;
    case 'text':
    case 'switch':
      return text;
  }
}
