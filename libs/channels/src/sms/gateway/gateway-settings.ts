import { z } from 'zod';
import { commonSettings } from '../common-settings.js';
import { gatewayPresets, presetNames } from './presets.js';

/** A place in a JSON answer: names and indexes, e.g. `entries[0].messageid`, or `[0].id` where the answer is a list. */
const path = z.string().regex(/^(\[\d+\]|[\w-]+)(\[\d+\]|\.[\w-]+)*$/, { error: 'must be a path like entries[0].id' });

/** A text with placeholders in it, as fill-template.ts names them. */
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
  /** Nothing was taken unless the answer names an id that is neither zero nor negative. */
  needsId: z.boolean().default(false),
  /** Reports name the message by our own id, which the request told. */
  reportsOwnId: z.boolean().default(false),
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

const inbound = z.strictObject({
  proof,
  /** Where the gateway's fields are. Without an id, sender, text and time together mark a repeat. */
  message: z
    .strictObject({
      from: path,
      text: path,
      id: path.optional(),
      time: path.optional(),
      /** The field of a GET that names the charset of the text, where that is not UTF-8. */
      charset: path.optional(),
    })
    .optional(),
  /** A report names the message by the id that the answer to its sending gave. */
  status: z
    .strictObject({ id: path, state: path, states: z.record(z.string(), receiptState), error: path.optional() })
    .optional(),
  /** What the gateway wants to hear; most take anything with status 200. */
  answer: z.string().max(500).default('OK'),
});

const gateway = z.object({
  driver: z.literal('gateway'),
  /** A provider whose requests and answers are known; what is written beside it counts before it. */
  preset: z.enum(presetNames).optional(),
  /** The line that messages leave from, the {from} of templates. */
  from: z.string().max(40).default(''),
  /** The {user} of templates, where a provider wants one besides the key. */
  user: z.string().max(100).default(''),
  request: request.optional(),
  response: response.optional(),
  inbound: inbound.optional(),
  /** Of a longer text several messages are made. */
  maxSegments: z.number().int().min(1).max(30).optional(),
  ...commonSettings,
});

export const gatewayConfig = gateway.refine(({ preset, request: own }) => preset !== undefined || own !== undefined, {
  path: ['request'],
  error: 'say how a message is sent, or choose a preset',
});

type Stored = z.output<typeof gateway>;
type Required<Part extends keyof Stored> = { [Name in Part]-?: NonNullable<Stored[Name]> };
/** A gateway's settings with its preset filled in. */
export type GatewayPlan = Omit<Stored, 'request' | 'response'> & Required<'request' | 'response'>;
export type InboundMap = z.output<typeof inbound>;

/** Puts a preset's parts where the settings have none of their own. */
export function planOf<Settings extends Stored>(settings: Settings): Settings & GatewayPlan {
  const preset = settings.preset === undefined ? null : gatewayPresets[settings.preset];
  return {
    ...settings,
    request: settings.request ?? request.parse(preset?.request),
    response: settings.response ?? response.parse(preset?.response ?? {}),
    inbound: settings.inbound ?? (preset?.inbound ? inbound.parse(preset.inbound) : undefined),
  };
}
