import type { ChannelFormSpec, Field, Values } from '../channel-fields.js';

export type SmsFieldName =
  | 'accountSid'
  | 'authToken'
  | 'from'
  | 'senders'
  | 'messagingServiceSid'
  | 'mms'
  | 'baseUrl'
  | 'apiKey'
  | 'inboundSecret'
  | 'receive'
  | 'systemId'
  | 'password'
  | 'systemType'
  | 'bind'
  | 'alphabet'
  | 'longMessages'
  | 'messageIds'
  | 'window'
  | 'enquireSeconds'
  | 'preset'
  | 'request'
  | 'response'
  | 'inbound'
  | 'countries'
  | 'prefixes'
  | 'recipientPerHour'
  | 'recipientPerDay'
  | 'perHour'
  | 'perDay'
  | 'perSecond'
  | 'perSegment'
  | 'currency'
  | 'stop'
  | 'start'
  | 'answeredBy';

/** What keeps any SMS account from being misused, and what its customers may ask of it. */
const ofAll: Field[] = [
  ...[
    { name: 'countries', input: 'lines', example: 'IR' } as const,
    { name: 'prefixes', input: 'lines', example: '+98912' } as const,
    { name: 'recipientPerHour', input: 'number', example: '100' } as const,
    { name: 'recipientPerDay', input: 'number' } as const,
    { name: 'perHour', input: 'number' } as const,
    { name: 'perDay', input: 'number' } as const,
    { name: 'perSecond', input: 'number' } as const,
  ].map((field): Field => ({ ...field, within: 'limits', part: 'limits' })),
  { name: 'perSegment', within: 'price', input: 'number', part: 'limits' },
  { name: 'currency', within: 'price', input: 'text', part: 'limits', example: 'IRR' },
  ...[
    { name: 'stop', input: 'lines' } as const,
    { name: 'start', input: 'lines' } as const,
    { name: 'answeredBy', input: 'choice', choices: ['', 'peyk', 'provider', 'nobody'] } as const,
  ].map((field): Field => ({ ...field, within: 'consent', part: 'consent' })),
];

const priced = { price: 'perSegment' } as const;
const isPushed = (values: Values): boolean => values['receive'] !== 'poll';

const centre: Field[] = [
  { name: 'host', input: 'text', required: true, example: 'smpp.example.com' },
  { name: 'port', input: 'number', example: '2775' },
  { name: 'secure', input: 'switch' },
  { name: 'systemId', input: 'text', required: true },
  { name: 'password', input: 'text', secret: true, required: true },
  { name: 'from', input: 'text', required: true, example: '30001234' },
  { name: 'systemType', input: 'text', part: 'wire' },
  { name: 'bind', input: 'choice', choices: ['transceiver', 'split'], part: 'wire' },
  { name: 'alphabet', input: 'choice', choices: ['gsm7', 'latin1', 'none'], part: 'wire' },
  { name: 'longMessages', input: 'choice', choices: ['udh', 'sar', 'payload'], part: 'wire' },
  { name: 'messageIds', input: 'choice', choices: ['same', 'hex_then_decimal', 'decimal_then_hex'], part: 'wire' },
  { name: 'window', input: 'number', example: '10', part: 'wire' },
  { name: 'enquireSeconds', input: 'number', example: '30', part: 'wire' },
];

/** The ways to carry SMS, each with what it needs to know. */
export const smsForms: readonly ChannelFormSpec[] = [
  {
    form: 'twilio',
    kind: 'sms',
    fixed: { driver: 'twilio' },
    optional: priced,
    fields: [
      { name: 'accountSid', input: 'text', required: true, example: 'AC…' },
      { name: 'authToken', input: 'text', secret: true, required: true },
      { name: 'from', input: 'text', example: '+15550100' },
      { name: 'messagingServiceSid', input: 'text', example: 'MG…' },
      { name: 'senders', input: 'lines', example: '+15550101' },
      { name: 'mms', input: 'switch' },
      { name: 'baseUrl', input: 'text', example: 'https://api.twilio.com' },
      ...ofAll,
    ],
  },
  {
    form: 'kavenegar',
    kind: 'sms',
    fixed: { driver: 'kavenegar' },
    optional: priced,
    fields: [
      { name: 'from', input: 'text', required: true, example: '10004346' },
      { name: 'apiKey', input: 'text', secret: true, required: true },
      { name: 'receive', input: 'choice', choices: ['push', 'poll'] },
      { name: 'inboundSecret', input: 'text', secret: true, isShown: isPushed },
      { name: 'baseUrl', input: 'text', example: 'https://api.kavenegar.com' },
      ...ofAll,
    ],
  },
  { form: 'smpp', kind: 'sms', fixed: { driver: 'smpp' }, optional: priced, fields: [...centre, ...ofAll] },
  {
    form: 'gateway',
    kind: 'sms',
    fixed: { driver: 'gateway' },
    optional: priced,
    fields: [
      {
        name: 'preset',
        input: 'choice',
        choices: ['', 'smsir', 'melipayamak', 'ghasedak', 'farazsms', 'candoo', 'kannel'],
      },
      { name: 'from', input: 'text' },
      { name: 'user', input: 'text' },
      { name: 'apiKey', input: 'text', secret: true },
      { name: 'inboundSecret', input: 'text', secret: true },
      { name: 'request', input: 'json', required: false, example: '{ "url": "https://…" }' },
      { name: 'response', input: 'json' },
      { name: 'inbound', input: 'json' },
      ...ofAll,
    ],
  },
];
