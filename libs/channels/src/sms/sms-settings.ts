import { z } from 'zod';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'must be a country code of two capitals, e.g. IR' })
  .default('IR');

const twilio = z
  .object({
    driver: z.literal('twilio'),
    accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, { error: 'must be AC and 32 hexadecimal digits' }),
    /** The sending number in E.164, a short code or an alphanumeric sender. */
    from: z.string().min(1).max(20).optional(),
    /** A pool of numbers that chooses the sender itself. */
    messagingServiceSid: z
      .string()
      .regex(/^MG[0-9a-fA-F]{32}$/, { error: 'must be MG and 32 hexadecimal digits' })
      .optional(),
    baseUrl: httpUrl.default('https://api.twilio.com'),
    defaultCountry: country,
  })
  .refine((config) => config.from !== undefined || config.messagingServiceSid !== undefined, {
    path: ['from'],
    error: 'give a sending number or a messaging service',
  });

/** A place in a JSON answer: names and indexes, e.g. `entries[0].messageid`. */
const path = z.string().regex(/^[\w-]+(\[\d+\]|\.[\w-]+)*$/, { error: 'must be a path like entries[0].id' });

/** A text with {to}, {toDigits}, {toNational}, {from}, {text}, {id} and {secret} in it. */
const template = z.string().max(4000);

/** A JSON body as a template: its strings are templates, its shape is kept, so no text can break out of it. */
const jsonTemplate: z.ZodType<JsonTemplate> = z.lazy(() =>
  z.union([template, z.number(), z.boolean(), z.null(), z.array(jsonTemplate), z.record(z.string(), jsonTemplate)]),
);
export type JsonTemplate = string | number | boolean | null | JsonTemplate[] | { [name: string]: JsonTemplate };

const request = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
  /** Placeholders are percent-encoded. The scheme and the host must be plain. */
  url: z
    .string()
    .regex(/^https?:\/\/[^/{}@]+(\/|$)/, { error: 'must begin with http(s) and a host without placeholders' }),
  headers: z.record(z.string().regex(/^[\w-]+$/, { error: 'is no header name' }), template).default({}),
  body: z
    .discriminatedUnion('as', [
      z.strictObject({ as: z.literal('form'), fields: z.record(z.string(), template) }),
      z.strictObject({ as: z.literal('json'), value: jsonTemplate }),
      z.strictObject({ as: z.literal('none') }),
    ])
    .default({ as: 'none' }),
});

const response = z.strictObject({
  /** Where the provider states success, and which values mean it. Without this every 2xx is success. */
  success: z.strictObject({ path, values: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }).optional(),
  id: path.optional(),
  error: path.optional(),
});

/** How an inbound request is proven to be the gateway's, with the secret `inboundSecret`. */
const proof = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('header'), name: z.string().min(1).toLowerCase() }),
  z.strictObject({ as: z.literal('query'), name: z.string().min(1) }),
  z.strictObject({
    as: z.literal('hmac'),
    /** The header with the HMAC of the raw body. */
    name: z.string().min(1).toLowerCase(),
    algorithm: z.enum(['sha256', 'sha1', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    prefix: z.string().default(''),
  }),
]);

const receiptState = z.enum(['sent', 'delivered', 'read', 'failed']);

const gateway = z.object({
  driver: z.literal('gateway'),
  /** The line that messages leave from, the {from} of templates. */
  from: z.string().max(40).default(''),
  request,
  response: response.default({}),
  inbound: z
    .strictObject({
      proof,
      /** Where the gateway's fields are. Without an id, sender, text and time together mark a repeat. */
      message: z.strictObject({ from: path, text: path, id: path.optional(), time: path.optional() }).optional(),
      /** A report names the message by the id that the answer to its sending gave. */
      status: z
        .strictObject({ id: path, state: path, states: z.record(z.string(), receiptState), error: path.optional() })
        .optional(),
      /** What the gateway wants to hear; most take anything with status 200. */
      answer: z.string().max(500).default('OK'),
    })
    .optional(),
  defaultCountry: country,
});

/** Settings of an SMS account: Twilio, or any HTTP gateway described by templates and field maps. */
export const smsConfig = z.discriminatedUnion('driver', [twilio, gateway]).meta({ type: 'object' });

const token = z.string().min(1).max(500);

export const smsSecrets = z.object({
  /** Twilio's auth token. */
  authToken: token.optional(),
  /** Twilio's former auth token while the new one is being rolled out; it only proves inbound requests. */
  previousAuthToken: token.optional(),
  /** The gateway's API key, {secret} in templates. */
  apiKey: token.optional(),
  /** What proves inbound requests of the gateway. */
  inboundSecret: z.string().min(16, { error: 'must have at least 16 characters' }).max(500).optional(),
});

type Secrets = z.output<typeof smsSecrets>;
export type TwilioSmsSettings = z.output<typeof twilio> & Secrets;
export type GatewaySettings = z.output<typeof gateway> & Secrets;
export type SmsSettings = TwilioSmsSettings | GatewaySettings;
