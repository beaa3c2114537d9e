import { z } from 'zod';
import { UnreadableWebhook } from '../channel-adapter.js';
import type { Claim, InboundEvent } from '../message.js';
import { normalisePhone } from '../phone-number.js';

const id = z.string().trim().min(1).max(200);

const message = z.object({
  type: z.literal('message').default('message'),
  from: z.object({ id, name: z.string().max(200).default('') }),
  /** Addresses the person may have; they only suggest, they link nobody. */
  claims: z.object({ email: z.email().max(320).optional(), phone: z.string().max(64).optional() }).default({}),
  text: z.string().max(100_000).default(''),
  kind: z.enum(['text', 'keys', 'form']).default('text'),
  sentAt: z.iso.datetime({ offset: true }).optional(),
  replyTo: id.optional(),
  attachments: z
    .array(z.object({ name: z.string().min(1).max(255), mediaType: z.string().min(1).max(255), content: z.base64() }))
    .max(20)
    .default([]),
});

const receipt = z.object({
  type: z.literal('receipt'),
  /** The id that the program's answer to our message gave, or our own id of the message. */
  message: id,
  state: z.enum(['sent', 'delivered', 'read', 'failed']),
  error: z.string().max(1000).optional(),
});

/** How events are named and numbered: the webhook's id is the same over its repeats. */
export interface InboundOrigin {
  webhookId: string;
  raw: Uint8Array;
  namespace: string;
}

/** Reads a proven body: a message, or a receipt for one of ours. */
export function readInbound(body: Record<string, unknown>, origin: InboundOrigin): InboundEvent {
  return body['type'] === 'receipt' ? receiptOf(valid(receipt, body), origin) : messageOf(valid(message, body), origin);
}

function valid<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UnreadableWebhook(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'unreadable'}`);
  }
  return parsed.data;
}

function messageOf(body: z.output<typeof message>, { webhookId, raw, namespace }: InboundOrigin): InboundEvent {
  return {
    type: 'message',
    externalId: webhookId,
    raw,
    // The organisation's own program knows its people, and the signature proves that it is the one speaking.
    from: { kind: 'external', address: `${namespace}:${body.from.id}`, trust: 'proven', name: body.from.name },
    claims: claimsOf(body.claims),
    sentAt: body.sentAt === undefined ? null : new Date(body.sentAt),
    kind: body.kind,
    text: body.text,
    attachments: body.attachments.map(({ name, mediaType, content }) => ({
      name,
      mediaType,
      contentId: null,
      source: { bytes: Buffer.from(content, 'base64') },
    })),
    mail: null,
    replyTo: body.replyTo ?? null,
    flags: [],
  };
}

function claimsOf({ email, phone }: z.output<typeof message>['claims']): Claim[] {
  const number = phone === undefined ? null : normalisePhone(phone, null);
  return [
    ...(email === undefined ? [] : [{ kind: 'email' as const, address: email.toLowerCase(), source: 'form' as const }]),
    ...(number?.kind === 'phone' ? [{ kind: 'phone' as const, address: number.e164, source: 'form' as const }] : []),
  ];
}

function receiptOf(body: z.output<typeof receipt>, { webhookId, raw }: InboundOrigin): InboundEvent {
  const { message: providerId, state, error } = body;
  return { type: 'receipt', externalId: webhookId, raw, providerId, state, error: error ?? null };
}
