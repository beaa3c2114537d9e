import { z } from 'zod';
import { commonSettings, httpUrl } from '../common-settings.js';

export const kavenegarConfig = z.object({
  driver: z.literal('kavenegar'),
  /** The line that messages leave from and come to, e.g. 10004346. */
  from: z.string().trim().min(1).max(20),
  baseUrl: httpUrl.default('https://api.kavenegar.com'),
  /** How customers' messages come: pushed to our address, or fetched from the line. */
  receive: z.enum(['push', 'poll']).default('push'),
  pollSeconds: z.number().int().min(5).max(3600).default(30),
  /** Kavenegar refuses a longer message, so it goes in several. */
  maxSegments: z.number().int().min(1).max(10).default(4),
  ...commonSettings,
});
