import { z } from 'zod';

export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

const countryCode = z.string().regex(/^[A-Z]{2}$/, { error: 'must be a country code of two capitals, e.g. IR' });
const most = z.number().int().min(1).max(1_000_000);
const word = z.string().trim().min(1).max(40);
const answer = z.strictObject({ en: z.string().max(300).optional(), fa: z.string().max(300).optional() });

/** What keeps a leak or a prank from becoming a bill. What is left out is not limited, but for one recipient's hour. */
export const smsLimits = z
  .strictObject({
    countries: z.array(countryCode).max(250).optional().describe('Only numbers of these countries are written to'),
    prefixes: z
      .array(z.string().regex(/^\+\d{1,15}$/, { error: 'must be a plus and digits, e.g. +98912' }))
      .max(500)
      .optional()
      .describe('Only numbers that begin so are written to'),
    recipientPerHour: most.default(100).describe('Messages to one number in an hour'),
    recipientPerDay: most.optional().describe('Messages to one number in a day'),
    perHour: most.optional().describe('Messages of the whole channel in an hour'),
    perDay: most.optional().describe('Messages of the whole channel in a day'),
    perSecond: z.number().min(0.1).max(1_000).optional().describe('As fast as the provider takes them'),
  })
  .prefault({});

/** Words that stop or restart an account's messages, and what is answered to them. */
const smsConsent = z
  .strictObject({
    stop: z.array(word).max(50).default([]).describe('More words that stop messages'),
    start: z.array(word).max(50).default([]).describe('More words that start them again'),
    answeredBy: z
      .enum(['peyk', 'provider', 'nobody'])
      .optional()
      .describe('Who confirms a stop; Twilio does so itself, elsewhere Peyk does'),
    stopAnswer: answer.optional(),
    startAnswer: answer.optional(),
  })
  .prefault({});

/** What one segment costs, to be shown before something is sent. */
const smsPrice = z.strictObject({
  perSegment: z.number().positive().max(1_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be a currency of three capitals, e.g. IRR' }),
});

/** What all SMS accounts have, whoever carries their messages. */
export const commonSettings = {
  /** Whose national numbers are understood. */
  defaultCountry: countryCode.default('IR'),
  limits: smsLimits,
  consent: smsConsent,
  price: smsPrice.optional(),
};

export type SmsLimits = z.output<typeof smsLimits>;
