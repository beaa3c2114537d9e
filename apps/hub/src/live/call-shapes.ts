import { z } from 'zod';

/** The most conversation rows that one catch-up may name. */
export const maxRows = 500;

const count = z.int().nonnegative();

/** What calls over sockets must look like. Whatever does not fit is answered as invalid and reaches nothing. */
export const conversationCall = z.object({ conversation: z.uuid() });
export const typingCall = z.object({ conversation: z.uuid(), on: z.boolean() });
export const feedCall = z.object({ cursor: z.string().max(100).nullable() });
export const catchUpCall = z.object({
  revs: z.record(z.uuid(), count).refine((revs) => Object.keys(revs).length <= maxRows),
});

export const visitorHandshake = z.object({ channel: z.uuid(), token: z.string().max(1_000) });
export const sayCall = z.object({
  id: z.uuid(),
  body: z.string().max(50_000),
  attachmentIds: z.array(z.uuid()).max(10).optional(),
});
export const visitorTypingCall = z.object({ on: z.boolean() });
export const seenCall = z.object({ seq: count });
export const visitorCatchUpCall = z.object({ rev: count });
