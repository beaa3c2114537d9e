import { z } from 'zod';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'must be a country code of two capitals, e.g. IR' })
  .default('IR');

const twilio = z.object({
  driver: z.literal('twilio'),
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, { error: 'must be AC and 32 hexadecimal digits' }),
  baseUrl: httpUrl.default('https://api.twilio.com'),
  /** What a caller hears. Twilio speaks no Persian, so a recording can be played in place of the spoken text. */
  greeting: z
    .object({
      text: z.string().max(1000).default('Thank you for calling. We have noted your call and will call you back.'),
      language: z.string().max(20).default('en-US'),
      playUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    })
    .prefault({}),
  /** What a completed incoming call was: 'missed' where callers only hear the greeting, so that somebody calls back. */
  completedMeans: z.enum(['answered', 'missed']).default('answered'),
  defaultCountry: country,
});

const pbx = z.object({
  driver: z.literal('pbx'),
  /** The country whose national numbers the exchange reports. */
  defaultCountry: country,
});

/** Settings of a phone account: Twilio Voice, or a telephone exchange that reports its calls. */
export const phoneConfig = z.discriminatedUnion('driver', [twilio, pbx]).meta({ type: 'object' });

export const phoneSecrets = z.object({
  /** Twilio's auth token. */
  authToken: z.string().min(1).max(500).optional(),
  /** Twilio's former auth token while the new one is being rolled out. */
  previousAuthToken: z.string().min(1).max(500).optional(),
  /** What the exchange puts into the URL or a header. */
  token: z.string().min(16, { error: 'must have at least 16 characters' }).max(500).optional(),
});

type Secrets = z.output<typeof phoneSecrets>;
export type TwilioVoiceSettings = z.output<typeof twilio> & Secrets;
export type PbxSettings = z.output<typeof pbx> & Secrets;
export type PhoneSettings = TwilioVoiceSettings | PbxSettings;
