import type { FormPart } from '../mailbox/mailbox-form.js';
import type { ChannelFormSpec, Field, Values } from '../channel-fields.js';

export type PhoneFieldName =
  | 'answers'
  | 'number'
  | 'extensionsAt'
  | 'withoutScript'
  | 'text'
  | 'language'
  | 'playUrl'
  | 'completedMeans'
  | 'defaultCountry'
  | 'applicationSid'
  | 'managerSecret'
  | 'username'
  | 'signIn'
  | 'incomingContexts'
  | 'extensionDigits'
  | 'extension'
  | 'sip'
  | 'context'
  | 'numbers'
  | 'answeredContext'
  | 'musicClass'
  | 'path'
  | 'hubUrl'
  | 'then'
  | 'locale'
  | 'blockedCallers'
  | 'callerIds'
  | 'recordsPassword'
  | 'engine'
  | 'database'
  | 'table'
  | 'timeColumn'
  | 'tls'
  | 'everySeconds'
  | 'timeZone';

const under = (part: FormPart, fields: readonly Field[], within?: string): Field[] =>
  fields.map((field) => ({ ...(within === undefined ? {} : { within }), ...field, part }));

const country: Field = { name: 'defaultCountry', input: 'text', example: 'IR', hint: true };
const answersItself = (values: Values): boolean => values['answers'] === 'peyk';

/** What callers hear whom no script answers, and what they meet while the database is away. */
function heard(isShown?: (values: Values) => boolean): Field[] {
  const when = isShown ? { isShown } : {};
  return [
    { name: 'withoutScript', input: 'choice', choices: ['queue', 'voicemail'], part: 'heard', hint: true, ...when },
    ...under(
      'outage',
      [
        { name: 'then', input: 'choice', choices: ['voicemail', 'dial', 'hangup'], hint: true, ...when },
        {
          name: 'number',
          input: 'text',
          required: true,
          example: '+982122334455',
          isShown: (values) => (isShown?.(values) ?? true) && values['outage.then'] === 'dial',
        },
        { name: 'locale', input: 'choice', choices: ['fa', 'en'], ...when },
      ],
      'outage',
    ),
  ];
}

const greeting: Field[] = under(
  'heard',
  [
    { name: 'text', input: 'paragraph' },
    { name: 'language', input: 'text', example: 'en-US', hint: true },
  ],
  'greeting',
);

const rings: Field[] = [
  { name: 'number', input: 'text', example: '+982122334455', hint: true },
  { name: 'extensionsAt', input: 'text', example: 'sip.example.com', hint: true },
];

const hasManager = (values: Values): boolean => Boolean(values['manager.host']);
const hasRecords = (values: Values): boolean => Boolean(values['records.host']);

/** The table of an exchange's call records, read every so often. Nothing of it is asked for before its server is known. */
const records: Field[] = [
  { name: 'host', within: 'records', input: 'text', part: 'records', example: '192.168.1.10', hint: true },
  ...under(
    'records',
    [
      { name: 'engine', input: 'choice', choices: ['mysql', 'postgresql'] },
      { name: 'port', input: 'number', example: '3306' },
      { name: 'username', input: 'text', required: true, example: 'peyk_reader' },
      { name: 'database', input: 'text', example: 'asteriskcdrdb' },
      { name: 'table', input: 'text', example: 'cdr' },
      { name: 'timeColumn', input: 'text', example: 'calldate' },
      { name: 'timeZone', input: 'text', example: 'Asia/Tehran' },
      { name: 'tls', input: 'choice', choices: ['off', 'unverified', 'verified'] },
      { name: 'everySeconds', input: 'number', example: '30' },
    ],
    'records',
  ).map((field) => ({ ...field, isShown: hasRecords })),
  { name: 'recordsPassword', input: 'text', secret: true, part: 'records', isShown: hasRecords },
];

const twilio: ChannelFormSpec = {
  form: 'twilioVoice',
  kind: 'phone',
  fixed: { driver: 'twilio' },
  fields: [
    { name: 'accountSid', input: 'text', required: true, example: 'AC…' },
    { name: 'authToken', input: 'text', secret: true, required: true },
    { name: 'answers', input: 'choice', choices: ['peyk', 'greeting'], hint: true },
    ...rings,
    ...greeting,
    { name: 'playUrl', within: 'greeting', input: 'text', part: 'heard', example: 'https://…', hint: true },
    {
      name: 'completedMeans',
      input: 'choice',
      choices: ['answered', 'missed'],
      part: 'heard',
      isShown: (values) => !answersItself(values),
    },
    ...heard(answersItself),
    country,
    { name: 'baseUrl', input: 'text', example: 'https://api.twilio.com' },
  ],
};

const jambonz: ChannelFormSpec = {
  form: 'jambonz',
  kind: 'phone',
  fixed: { driver: 'jambonz' },
  fields: [
    { name: 'baseUrl', input: 'text', example: 'https://api.jambonz.cloud/v1' },
    { name: 'accountSid', input: 'text', required: true },
    { name: 'apiKey', input: 'text', secret: true, required: true },
    { name: 'webhookSecret', input: 'text', secret: true, required: true },
    { name: 'applicationSid', input: 'text', hint: true },
    ...rings,
    ...greeting,
    ...heard(),
    country,
  ],
};

const asterisk: ChannelFormSpec = {
  form: 'asterisk',
  kind: 'phone',
  fixed: { driver: 'asterisk' },
  optional: { manager: 'host', records: 'host' },
  fields: [
    { name: 'token', input: 'text', secret: true, required: true, hint: true },
    { name: 'number', input: 'text', example: '+982122334455', hint: true },
    ...under(
      'manager',
      [
        { name: 'host', input: 'text', example: '192.168.1.10', hint: true },
        { name: 'port', input: 'number', example: '5038', isShown: hasManager },
        { name: 'secure', input: 'switch', isShown: hasManager },
        { name: 'username', input: 'text', required: true, example: 'peyk', isShown: hasManager },
        { name: 'signIn', input: 'choice', choices: ['challenge', 'plain'], isShown: hasManager },
      ],
      'manager',
    ),
    { name: 'managerSecret', input: 'text', secret: true, part: 'manager', required: true, isShown: hasManager },
    ...greeting,
    { name: 'withoutScript', input: 'choice', choices: ['queue', 'voicemail'], part: 'heard', hint: true },
    ...under(
      'outage',
      [
        { name: 'then', input: 'choice', choices: ['voicemail', 'extension', 'hangup'], hint: true },
        {
          name: 'extension',
          input: 'text',
          required: true,
          example: '100',
          isShown: (values) => values['outage.then'] === 'extension',
        },
        { name: 'locale', input: 'choice', choices: ['fa', 'en'] },
      ],
      'outage',
    ),
    ...under(
      'dialling',
      [
        { name: 'extension', input: 'text', example: 'PJSIP/{address}' },
        { name: 'sip', input: 'text', example: 'PJSIP/{address}' },
        { name: 'number', input: 'text', example: 'Local/{address}@from-internal' },
        { name: 'context', input: 'text', example: 'from-internal' },
        { name: 'numbers', input: 'choice', choices: ['national', 'plus', 'zeros'] },
        { name: 'answeredContext', input: 'text', example: 'peyk-answered', hint: true },
      ],
      'dial',
    ),
    { name: 'incomingContexts', input: 'lines', part: 'dialling', example: 'from-trunk*', fallback: fromOutside() },
    { name: 'extensionDigits', input: 'number', part: 'dialling', example: '6' },
    { name: 'musicClass', input: 'text', part: 'sounds', example: 'default' },
    ...under(
      'sounds',
      [
        { name: 'from', input: 'choice', choices: ['files', 'url'], hint: true },
        { name: 'path', input: 'text', example: 'peyk', isShown: (values) => values['sounds.from'] !== 'url' },
        { name: 'hubUrl', input: 'text', example: 'http://192.168.1.5:3000' },
      ],
      'sounds',
    ),
    ...under(
      'sounds',
      [
        { name: 'path', input: 'text', example: '/var/spool/asterisk/monitor/peyk' },
        { name: 'url', input: 'text', example: 'http://192.168.1.10/recordings' },
      ],
      'recordings',
    ),
    ...records,
    country,
  ],
};

/** Where calls from outside arrive in the usual exchanges; the hub takes the same where nothing is stored. */
function fromOutside(): string[] {
  return ['from-trunk*', 'from-pstn*', 'from-did*', 'from-digital*', 'from-analog*', 'ext-did*', 'incoming*'];
}

const pbx: ChannelFormSpec = {
  form: 'pbx',
  kind: 'phone',
  fixed: { driver: 'pbx' },
  optional: { records: 'host' },
  fields: [
    { name: 'token', input: 'text', secret: true, required: true, hint: true },
    country,
    { name: 'blockedCallers', input: 'lines', part: 'dialling', example: '+98900*', hint: true },
    {
      name: 'callerIds',
      input: 'json',
      part: 'dialling',
      example: '[{ "to": "+98912*", "callerId": "02122334455" }]',
      hint: true,
    },
    ...records,
  ],
};

/** The ways to have telephone calls, each with what it needs to know. */
export const phoneForms: readonly ChannelFormSpec[] = [twilio, jambonz, asterisk, pbx];
