import { z } from 'zod';
import type { Misfit } from '../misfit.js';
import { asteriskConfig } from './asterisk-settings.js';
import { cdrTable } from './cdr/cdr-settings.js';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'must be a country code of two capitals, e.g. IR' })
  .default('IR');

const e164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, { error: 'must be a number in international form, e.g. +982122334455' });

/** What a line of a provider needs that plays what Peyk says. */
const line = {
  /** Our number: what agents and customers see when Peyk calls them. */
  number: e164.optional(),
  /** Where callers go whom no script meets. */
  withoutScript: z.enum(['queue', 'voicemail']).default('queue'),
  /** Where the extensions of agents are reached over SIP. */
  extensionsAt: z
    .string()
    .regex(/^[a-z0-9.-]{1,200}(:\d{1,5})?$/i, { error: 'must be a host, with a port where it needs one' })
    .optional(),
  /** What a caller meets while the database stays away: an apology in this language, and then this. */
  outage: z
    .object({
      locale: z.enum(['fa', 'en']).default('fa'),
      // oxlint-disable-next-line unicorn/no-thenable -- A word of the settings, and no promise.
      then: z.enum(['voicemail', 'dial', 'hangup']).default('voicemail'),
      /** Who is rung then, for `dial`. */
      number: e164.optional(),
    })
    .refine(({ then, number }) => then !== 'dial' || number !== undefined, {
      path: ['number'],
      error: 'is needed, for somebody is to be dialled',
    })
    .prefault({}),
};

const twilio = z.object({
  driver: z.literal('twilio'),
  /** Who speaks with callers: Peyk, by its scripts and queues, or a greeting and nobody. */
  answers: z.enum(['greeting', 'peyk']).default('greeting'),
  ...line,
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, { error: 'must be AC and 32 hexadecimal digits' }),
  baseUrl: httpUrl.default('https://api.twilio.com'),
  /** What a caller hears. Twilio speaks no Persian, so a recording can be played in place of the spoken text. */
  greeting: z
    .object({
      /** Where nobody else speaks, a caller who finds none of these hears that they will be called back. */
      text: z.string().max(1000).optional(),
      language: z.string().max(20).optional(),
      playUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    })
    .prefault({}),
  /** What a completed incoming call was: 'missed' where callers only hear the greeting, so that somebody calls back. */
  completedMeans: z.enum(['answered', 'missed']).default('answered'),
  defaultCountry: country,
});

const jambonz = z.object({
  driver: z.literal('jambonz'),
  /** The REST API of the jambonz server, up to its version. */
  baseUrl: httpUrl.default('https://api.jambonz.cloud/v1'),
  accountSid: z.uuid({ error: 'must be the id of a jambonz account' }),
  /** Needed to make calls. */
  applicationSid: z.uuid({ error: 'must be the id of a jambonz application' }).optional(),
  /** What callers hear first whom no script meets. */
  greeting: z
    .object({ text: z.string().max(1000).default(''), language: z.string().max(20).default('en-US') })
    .prefault({}),
  ...line,
  defaultCountry: country,
});

const pbx = z.object({
  driver: z.literal('pbx'),
  /** The country whose national numbers the exchange reports. */
  defaultCountry: country,
  /** Callers whom the exchange is told to reject, as numbers or their beginnings with a star. Blocked customers are rejected anyhow. */
  blockedCallers: z.array(z.string().trim().min(1).max(40)).max(1000).default([]),
  /** Which number outgoing calls are made from: of the first rule whose `to` fits, written like a blocked caller. */
  callerIds: z
    .array(z.object({ to: z.string().trim().min(1).max(40), callerId: z.string().trim().min(1).max(40) }))
    .max(200)
    .default([]),
  /** Where the exchange keeps its call records. */
  records: cdrTable.optional(),
});

/** The same exchange followed by its manager interface; what that missed, its records tell. */
const asterisk = asteriskConfig.extend({ records: cdrTable.optional() });

/** Settings of a phone account: Twilio Voice, jambonz, or a telephone exchange that reports its calls. */
export const phoneConfig = z.discriminatedUnion('driver', [twilio, jambonz, pbx, asterisk]).meta({ type: 'object' });

export const phoneSecrets = z.object({
  /** Twilio's auth token. */
  authToken: z.string().min(1).max(500).optional(),
  /** Twilio's former auth token while the new one is being rolled out. */
  previousAuthToken: z.string().min(1).max(500).optional(),
  /** The key of jambonz's REST API. */
  apiKey: z.string().min(1).max(500).optional(),
  /** What jambonz signs its requests with. */
  webhookSecret: z.string().min(16, { error: 'must have at least 16 characters' }).max(500).optional(),
  /** What the exchange puts into the URL or a header. */
  token: z.string().min(16, { error: 'must have at least 16 characters' }).max(500).optional(),
  /** The secret of the user of an Asterisk exchange's manager interface. */
  managerSecret: z.string().min(1).max(200).optional(),
  /** Of the user who may read the exchange's call records. */
  recordsPassword: z.string().min(1).max(200).optional(),
});

type Secrets = z.output<typeof phoneSecrets>;
export type TwilioVoiceSettings = z.output<typeof twilio> & Secrets;
export type JambonzSettings = z.output<typeof jambonz> & Secrets;
export type PbxSettings = z.output<typeof pbx> & Secrets;
export type AsteriskSettings = z.output<typeof asterisk> & Secrets;
export type PhoneSettings = TwilioVoiceSettings | JambonzSettings | PbxSettings | AsteriskSettings;

/** A provider that plays what Peyk says asks for every word of it, so it must reach Peyk. */
export function findPhoneMisfit(settings: PhoneSettings, publicUrl: string | null): Misfit | null {
  if (publicUrl !== null) {
    return null;
  }
  if (settings.driver === 'twilio' && settings.answers === 'peyk') {
    return {
      field: 'config.answers',
      detail:
        'Twilio cannot ask Peyk what callers hear without a public address: set PUBLIC_URL, or choose a greeting.',
    };
  }
  return settings.driver === 'jambonz'
    ? {
        field: 'config.driver',
        detail: 'jambonz cannot ask Peyk what callers hear without a public address: set PUBLIC_URL.',
      }
    : null;
}
