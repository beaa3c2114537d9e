import type { ChannelFormSpec, Field, Values } from '../channel-fields.js';

/** The headings of forms, in their order: those of a mailbox, then those of SMS, then those of phones. */
export const formParts = [
  'account',
  'sending',
  'receiving',
  'looks',
  'trust',
  'wire',
  'limits',
  'consent',
  'heard',
  'outage',
  'manager',
  'dialling',
  'sounds',
  'records',
] as const;
export type FormPart = (typeof formParts)[number];

export type MailboxFieldName =
  | 'address'
  | 'fromName'
  | 'aliases'
  | 'provider'
  | 'smtpPassword'
  | 'imapPassword'
  | 'oauthClientId'
  | 'oauthClientSecret'
  | 'oauthRefreshToken'
  | 'host'
  | 'port'
  | 'secure'
  | 'user'
  | 'folders'
  | 'existing'
  | 'afterImport'
  | 'moveTo'
  | 'readSent'
  | 'sentFolder'
  | 'trustedAuthServer'
  | 'fromStyle'
  | 'replyMarker'
  | 'quoteHistory'
  | 'sentCopy'
  | 'plusAddresses'
  | 'verifySenders'
  | 'en'
  | 'fa';

const usesPassword = (values: Values): boolean => !values['oauth.provider'];
const usesGrant = (values: Values): boolean => !usesPassword(values);
const reads = (values: Values): boolean => Boolean(values['imap.host']);

const grant = ['oauthClientId', 'oauthClientSecret', 'oauthRefreshToken'] as const;
const texts = ['signature', 'header', 'footer'] as const;

const account: Field[] = [
  { name: 'address', input: 'text', required: true, example: 'help@example.com' },
  { name: 'fromName', input: 'text', required: true },
  { name: 'aliases', input: 'lines', example: 'sales@example.com' },
  { name: 'provider', within: 'oauth', input: 'choice', choices: ['', 'google', 'microsoft'] },
  { name: 'smtpPassword', input: 'text', secret: true, isShown: usesPassword },
  { name: 'imapPassword', input: 'text', secret: true, isShown: (values) => usesPassword(values) && reads(values) },
  ...grant.map((name): Field => ({ name, input: 'text', secret: true, required: true, isShown: usesGrant })),
];

const sending: Field[] = [
  { name: 'host', within: 'smtp', input: 'text', required: true, example: 'smtp.example.com' },
  { name: 'port', within: 'smtp', input: 'number', example: '587' },
  { name: 'secure', within: 'smtp', input: 'switch' },
  { name: 'user', within: 'smtp', input: 'text', example: 'help@example.com' },
];

const receiving: Field[] = [
  { name: 'host', input: 'text', example: 'imap.example.com' },
  ...[
    { name: 'port', input: 'number', example: '993' } as const,
    { name: 'secure', input: 'switch', fallback: true } as const,
    { name: 'user', input: 'text' } as const,
    { name: 'folders', input: 'lines', fallback: ['INBOX'], required: true } as const,
    { name: 'existing', input: 'choice', choices: ['unseen', 'none', 'all'] } as const,
    { name: 'afterImport', input: 'choice', choices: ['leave', 'seen', 'move', 'delete'] } as const,
  ].map((field) => ({ ...field, isShown: reads })),
  {
    name: 'moveTo',
    input: 'text',
    required: true,
    example: 'Archive',
    isShown: (values) => reads(values) && values['imap.afterImport'] === 'move',
  },
  { name: 'readSent', input: 'switch', fallback: true, isShown: reads },
  { name: 'sentFolder', input: 'text', example: 'Sent', isShown: reads },
];

const looks: Field[] = [
  { name: 'fromStyle', input: 'choice', choices: ['account', 'agent'] },
  ...texts.flatMap((text) =>
    (['en', 'fa'] as const).map((name): Field => ({ name, within: `outgoing.${text}`, input: 'paragraph' })),
  ),
  { name: 'replyMarker', input: 'choice', choices: ['hidden', 'shown', 'off'] },
  { name: 'quoteHistory', input: 'switch' },
  { name: 'sentCopy', input: 'switch' },
];

const trust: Field[] = [
  { name: 'verifySenders', input: 'switch', fallback: true },
  { name: 'trustedAuthServer', within: 'imap', input: 'text', example: 'mx.google.com', isShown: reads },
  { name: 'plusAddresses', within: 'outgoing', input: 'switch', fallback: true },
];

const under = (part: FormPart, fields: readonly Field[], within?: string): Field[] =>
  fields.map((field) => ({ ...(within === undefined ? {} : { within }), ...field, part }));

/** A mailbox: how it signs in, sends and is read, and how its mails look. Without a server to read, mail comes by the built-in receiver. */
export const mailboxForm: ChannelFormSpec = {
  form: 'email',
  kind: 'email',
  optional: { imap: 'host', oauth: 'provider' },
  fields: [
    ...under('account', account),
    ...under('sending', sending),
    ...under('receiving', receiving, 'imap'),
    ...under('looks', looks, 'outgoing'),
    ...under('trust', trust),
  ],
};
