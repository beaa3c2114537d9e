import { z } from 'zod';

const identifier = /^[A-Za-z_][\w$]{0,62}$/;
const context = z
  .string()
  .regex(/^[\w-]{1,80}\*?$/, { error: 'must be the name of a context, with a star at its end for any ending' });

/** The table that an exchange writes its call records into, which Peyk reads every so often with a user that may only read. */
export const cdrTable = z.object({
  /** MySQL and MariaDB are one. */
  engine: z.enum(['mysql', 'postgresql']).default('mysql'),
  host: z.string().trim().min(1).max(253),
  /** The engine's usual one when absent. */
  port: z.number().int().min(1).max(65_535).optional(),
  database: z.string().min(1).max(63).default('asteriskcdrdb'),
  table: z.string().regex(identifier, { error: 'must be the plain name of a table' }).default('cdr'),
  /** The column that says when a call began, and that has an index. */
  timeColumn: z.string().regex(identifier, { error: 'must be the plain name of a column' }).default('calldate'),
  username: z.string().min(1).max(80),
  /** `unverified` encrypts and believes any certificate, as exchanges have that made their own. */
  tls: z.enum(['off', 'unverified', 'verified']).default('off'),
  everySeconds: z.number().int().min(10).max(3600).default(30),
  /** A record is written when its call ends and bears the time of its beginning, so each look begins so long before the last one. */
  overlapMinutes: z.number().int().min(5).max(1440).default(120),
  /** The zone of the exchange's clock. */
  timeZone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
      error: 'must be a time zone such as Asia/Tehran',
    })
    .default('Asia/Tehran'),
  inContexts: z.array(context).max(50).optional(),
  outContexts: z.array(context).max(50).optional(),
});
export type CdrTableSettings = z.output<typeof cdrTable>;
