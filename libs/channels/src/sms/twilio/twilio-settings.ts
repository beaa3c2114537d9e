import { z } from 'zod';
import { commonSettings, httpUrl } from '../common-settings.js';

const sender = z.string().trim().min(1).max(20);

export const twilioConfig = z
  .object({
    driver: z.literal('twilio'),
    accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, { error: 'must be AC and 32 hexadecimal digits' }),
    /** The sending number in E.164, a short code or an alphanumeric sender. */
    from: sender.optional(),
    /** More numbers of the same account; whoever wrote to one is answered from it. */
    senders: z.array(sender).max(400).default([]),
    /** A pool of numbers that chooses the sender itself. */
    messagingServiceSid: z
      .string()
      .regex(/^MG[0-9a-fA-F]{32}$/, { error: 'must be MG and 32 hexadecimal digits' })
      .optional(),
    /** Pictures go along as MMS. Numbers of the US, Canada and Australia can send and get them; the hub needs a public address. */
    mms: z.boolean().default(false),
    baseUrl: httpUrl.default('https://api.twilio.com'),
    ...commonSettings,
  })
  .refine(
    (config) => config.from !== undefined || config.messagingServiceSid !== undefined || config.senders.length > 0,
    { path: ['from'], error: 'give a sending number or a messaging service' },
  );
