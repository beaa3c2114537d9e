import { z } from 'zod';
import { longestToken } from '../auth/visitors/visitor-tokens.service.js';

/** The most conversation rows that one catch-up may name. */
export const maxRows = 500;

const count = z.int().nonnegative();

/** What calls over sockets must look like. Whatever does not fit is answered as invalid and reaches nothing. */
export const conversationCall = z.object({ conversation: z.uuid() });
export const typingCall = z.object({ conversation: z.uuid(), on: z.boolean() });
export const lookCall = z.object({ away: z.boolean() });
export const watchViewsCall = z.object({ on: z.boolean() });
export const feedCall = z.object({ cursor: z.string().max(100).nullable() });
export const catchUpCall = z.object({
  revs: z.record(z.uuid(), count).refine((revs) => Object.keys(revs).length <= maxRows),
});

export const visitorHandshake = z.object({ channel: z.uuid(), token: z.string().max(longestToken) });
const page = z
  .object({ url: z.string().max(8_000), title: z.string().max(2_000), referrer: z.string().max(8_000) })
  .optional()
  // A page that cannot be told is no reason to refuse what was written on it.
  .catch(undefined);
export const sayCall = z.object({
  id: z.uuid(),
  body: z.string().max(50_000),
  attachmentIds: z.array(z.uuid()).max(10).optional(),
  choice: z.object({ id: z.string().regex(/^[\w.:-]{1,64}$/), of: z.uuid() }).optional(),
  page,
});
const written = (most: number) => z.string().max(most).optional();
export const formCall = z.object({
  id: z.uuid(),
  kind: z.enum(['before', 'away']),
  locale: z.enum(['en', 'fa']),
  values: z.object({
    name: written(200),
    email: written(320),
    phone: written(64),
    question: written(2_000),
    consent: written(10),
    message: written(10_000),
  }),
  way: z.enum(['email', 'sms', 'telegram']).nullish(),
  page,
});
export const callbackCall = z.object({ way: z.enum(['call', 'sms']).nullable(), phone: z.string().max(64) });
export const standingCall = z.object({ locale: z.enum(['en', 'fa']) });
export const visitorTypingCall = z.object({ on: z.boolean() });
export const seenCall = z.object({ seq: count });
export const visitorCatchUpCall = z.object({ rev: count });
