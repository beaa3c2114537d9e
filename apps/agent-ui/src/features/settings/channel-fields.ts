import type { ChannelKind } from '#contract';
import { asciiDigits } from '../../i18n/formats.js';

type FieldName =
  | 'address'
  | 'fromName'
  | 'host'
  | 'port'
  | 'secure'
  | 'user'
  | 'smtpPassword'
  | 'token'
  | 'apiRoot'
  | 'accountSid'
  | 'authToken'
  | 'from'
  | 'baseUrl'
  | 'request'
  | 'response'
  | 'inbound'
  | 'apiKey'
  | 'inboundSecret'
  | 'allowedOrigins'
  | 'url'
  | 'secret';

export interface Field {
  name: FieldName;
  /** The settings object that it lies in, where that is not the channel's own. */
  within?: string;
  input: 'text' | 'number' | 'switch' | 'lines' | 'json';
  /** Secrets go to the hub and never come back. */
  secret?: boolean;
  required?: boolean;
  example?: string;
}

export interface ChannelFormSpec {
  form: 'email' | 'telegram' | 'twilio' | 'gateway' | 'web' | 'twilioVoice' | 'pbx' | 'messages';
  kind: ChannelKind;
  /** Settings that the choice of the form stands for. */
  fixed?: Settings;
  fields: readonly Field[];
}

export type Settings = Record<string, unknown>;

/** What each channel needs to know. The forms are drawn from this table; what it leaves out keeps the hub's defaults. */
export const channelForms: readonly ChannelFormSpec[] = [
  {
    form: 'email',
    kind: 'email',
    fields: [
      { name: 'address', input: 'text', required: true, example: 'help@example.com' },
      { name: 'fromName', input: 'text', required: true },
      { name: 'host', within: 'smtp', input: 'text', required: true, example: 'smtp.example.com' },
      { name: 'port', within: 'smtp', input: 'number', example: '587' },
      { name: 'secure', within: 'smtp', input: 'switch' },
      { name: 'user', within: 'smtp', input: 'text' },
      { name: 'smtpPassword', input: 'text', secret: true },
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
    fixed: { driver: 'twilio' },
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
    fixed: { driver: 'gateway' },
    fields: [
      { name: 'from', input: 'text' },
      { name: 'request', input: 'json', required: true, example: '{ "url": "https://…" }' },
      { name: 'response', input: 'json' },
      { name: 'inbound', input: 'json' },
      { name: 'apiKey', input: 'text', secret: true },
      { name: 'inboundSecret', input: 'text', secret: true },
    ],
  },
  {
    form: 'web',
    kind: 'web',
    fields: [{ name: 'allowedOrigins', input: 'lines', example: 'https://www.example.com' }],
  },
  {
    form: 'twilioVoice',
    kind: 'phone',
    fixed: { driver: 'twilio' },
    fields: [
      { name: 'accountSid', input: 'text', required: true, example: 'AC…' },
      { name: 'authToken', input: 'text', secret: true, required: true },
      { name: 'baseUrl', input: 'text', example: 'https://api.twilio.com' },
    ],
  },
  {
    form: 'pbx',
    kind: 'phone',
    fixed: { driver: 'pbx' },
    fields: [{ name: 'token', input: 'text', secret: true, required: true }],
  },
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

/** The form of a stored channel: of several for its kind, the one whose fixed settings it has. */
export function formOf(kind: ChannelKind, config: Settings): ChannelFormSpec {
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

/** What a stored channel has at a field's place. */
export function settingAt(config: Settings, { name, within }: Field): unknown {
  const place = within === undefined ? config : (config[within] as Settings | undefined);
  return place?.[name];
}

/** The settings with a field's value in its place; without one the hub's default comes back. */
export function putSetting(config: Settings, { name, within }: Field, value: unknown): Settings {
  if (within !== undefined) {
    const inner = (config[within] as Settings | undefined) ?? {};
    return { ...config, [within]: putSetting(inner, { name, input: 'text' }, value) };
  }
  const rest = Object.entries(config).filter(([key]) => key !== name);
  return Object.fromEntries(value === undefined ? rest : [...rest, [name, value]]);
}
