import { z } from 'zod';

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'must be a country code of two capitals, e.g. IR' })
  .default('IR');

/** How something is dialled: the address stands where `{address}` does. Nothing that parts arguments of the dialplan may stand in it. */
const dialString = z.string().regex(/^[\w./@:+-]*\{address\}[\w./@:+-]*$/, {
  error: 'must be like PJSIP/{address} or Local/{address}@from-internal',
});

const name = z.string().regex(/^[\w.-]{1,80}$/, { error: 'must be letters, digits, dots, dashes and underscores' });

const folder = z.string().regex(/^[\w./-]{1,200}$/, { error: 'must be a path of plain letters' });

/** The manager interface (AMI) of the exchange: follows its calls and makes new ones. */
const manager = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535).default(5038),
  /** TLS from the first byte. */
  secure: z.boolean().default(false),
  username: name,
  /** `challenge` never sends the secret itself. */
  signIn: z.enum(['challenge', 'plain']).default('challenge'),
});

/**
 * An Asterisk exchange, also one with FreePBX or Issabel on it. With `manager` its calls are followed and calls are made; with the secret
 * `token` in the address it hands callers to Peyk by FastAGI.
 */
export const asteriskConfig = z.object({
  driver: z.literal('asterisk'),
  defaultCountry: country,
  manager: manager.optional(),
  /** Contexts of the dialplan that calls from outside arrive in; a star at the end stands for any ending. */
  incomingContexts: z
    .array(z.string().regex(/^[\w-]{1,80}\*?$/))
    .max(50)
    .default(['from-trunk*', 'from-pstn*', 'from-did*', 'from-digital*', 'from-analog*', 'ext-did*', 'incoming*']),
  /** Numbers with at most so many digits are extensions of the exchange. */
  extensionDigits: z.number().int().min(2).max(8).default(6),
  dial: z
    .object({
      extension: dialString.default('PJSIP/{address}'),
      sip: dialString.default('PJSIP/{address}'),
      /** Goes by the exchange's own rules for outgoing calls. */
      number: dialString.default('Local/{address}@from-internal'),
      /** The context that numbers are dialled in when an agent calls somebody. */
      context: name.default('from-internal'),
      /** How numbers are written for the exchange: `national` is 0912… at home and 00… abroad. */
      numbers: z.enum(['national', 'plus', 'zeros']).default('national'),
      /** Runs on an agent's phone when they answer, so that Peyk hears of it at once; see the lines for the dialplan. '': not there. */
      answeredContext: z.union([name, z.literal('')]).default('peyk-answered'),
    })
    .prefault({}),
  /** The exchange's class of music for those who wait. */
  musicClass: name.default('default'),
  sounds: z
    .object({
      /** `files`: the library's recordings lie below `path` on the exchange. `url`: it fetches them (Asterisk 14 or newer, with res_http_media_cache). */
      from: z.enum(['files', 'url']).default('files'),
      path: folder.default('peyk'),
      /** How the exchange reaches the hub, where that is not the public address. */
      hubUrl: z
        .url({ protocol: /^https?$/, error: 'must be an http or https address' })
        .transform((url) => url.replace(/\/+$/, ''))
        .optional(),
    })
    .prefault({}),
  recordings: z
    .object({
      /** Where the exchange puts recordings. */
      path: folder.default('/var/spool/asterisk/monitor/peyk'),
      /** The same folder as an address that it can be fetched from. */
      url: z
        .url({ protocol: /^https?$/, error: 'must be an http or https address' })
        .transform((url) => url.replace(/\/+$/, ''))
        .optional(),
    })
    .prefault({}),
  /** Our number: what customers see when Peyk calls them, where the exchange lets it through. */
  number: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, { error: 'must be a number in international form, e.g. +982122334455' })
    .optional(),
  /** What callers hear first whom no script meets. */
  greeting: z
    .object({ text: z.string().max(1000).default(''), language: z.string().max(20).default('fa') })
    .prefault({}),
  /** Where they go then. */
  withoutScript: z.enum(['queue', 'voicemail']).default('queue'),
  /** What a caller meets while the hub's database is away: an apology in this language, and then this. */
  outage: z
    .object({
      locale: z.enum(['fa', 'en']).default('fa'),
      // oxlint-disable-next-line unicorn/no-thenable -- A word of the settings, and no promise.
      then: z.enum(['voicemail', 'extension', 'hangup']).default('voicemail'),
      /** Who is rung then, for `extension`. */
      extension: z
        .string()
        .regex(/^[\w+*#.-]{0,40}$/, { error: 'must be an extension of the exchange' })
        .default(''),
    })
    .refine(({ then, extension }) => then !== 'extension' || extension !== '', {
      path: ['extension'],
      error: 'is needed, for somebody is to be rung',
    })
    .prefault({}),
});
