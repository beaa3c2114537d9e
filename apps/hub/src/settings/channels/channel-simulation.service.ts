import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  emailAddresses,
  ForgedWebhook,
  normaliseEmail,
  parseEmailApart,
  storableText,
  UnreadableWebhook,
  writeInbound,
  type EmailSettings,
  type InboundEvent,
  type InboundMessage,
  type SimulatedMessage,
} from '#channels';
import type { SimulatedView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { Receiving } from '../../intake/receiving.service.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../channel-directory.service.js';
import type { SimulateDto } from './channel-check.dto.js';

/**
 * Lets an administrator be a customer for one message. It is written in the provider's own form, read by the adapter's own reader and
 * taken in by the only door; from there on everything happens as it would, but the message says that nobody wrote it.
 */
@Injectable()
export class ChannelSimulation {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly receiving: Receiving,
  ) {}

  async run(actor: Actor, id: string, wish: SimulateDto): Promise<SimulatedView> {
    const channel = this.getUsable(id);
    const message = await this.read(channel, {
      id: uuid(),
      from: wish.from.trim(),
      name: storableText(wish.name ?? '').trim(),
      text: wish.text,
      at: new Date(),
      subject: wish.subject ?? '',
    });
    await this.database.transaction((tx) =>
      recordAct(tx, {
        actorId: actor.id,
        action: 'channel.simulated',
        subject: id,
        details: { event: message.externalId },
      }),
    );
    await this.receiving.take(channel, [{ ...message, flags: [...message.flags, 'simulated'] }]);
    return this.find(channel, message);
  }

  private getUsable(id: string): OpenChannel {
    const channel = this.channels.find(id);
    if (!channel) {
      throw notFound('This channel');
    }
    if (channel.problem !== null) {
      throw conflict('unusable_settings', 'The settings of this channel cannot be used. Correct them first.');
    }
    return channel;
  }

  private async read(channel: OpenChannel, wish: SimulatedMail): Promise<InboundMessage> {
    const events = await this.readEvents(channel, wish).catch((error: unknown) => {
      if (error instanceof UnreadableWebhook || error instanceof ForgedWebhook) {
        throw invalid('from', `The channel cannot read such a message: ${error.message}`);
      }
      throw error;
    });
    const [event] = events;
    if (event?.type !== 'message') {
      throw invalid('from', 'The channel takes no message from such an address.');
    }
    return event;
  }

  private async readEvents(channel: OpenChannel, wish: SimulatedMail): Promise<InboundEvent[]> {
    switch (channel.kind) {
      case 'email':
        return [await readMail(channel, wish)];
      case 'web':
        return [readVisitor(wish)];
      case 'sms':
      case 'telegram':
      case 'phone':
      case 'messages':
        return readRequest(channel, wish);
    }
  }

  private async find({ id }: OpenChannel, { externalId }: InboundMessage): Promise<SimulatedView> {
    const [row] = await this.database.query<{ id: string; conversation_id: string }>(
      'select id, conversation_id from message where channel_id = $1 and external_id = $2',
      [id, externalId],
    );
    if (!row) {
      throw conflict(
        'not_taken',
        'The message was taken, and belongs on no timeline. Look among the quarantined events.',
      );
    }
    return { message: row.id, conversation: row.conversation_id };
  }
}

type SimulatedMail = SimulatedMessage & { subject: string };

async function readRequest({ kind, adapter, account }: OpenChannel, wish: SimulatedMail): Promise<InboundEvent[]> {
  const written = adapter.receive ? writeInbound(kind, wish, account) : null;
  if (written && 'events' in written) {
    return written.events;
  }
  if (!written) {
    throw conflict(
      'cannot_simulate',
      'Messages cannot be simulated on this channel, or not from such an address.',
      'from',
    );
  }
  return (await adapter.receive?.(written.request, written.account))?.events ?? [];
}

/** There is nobody who could vouch for the sender, so they come as unverified, as any mail without a signature does. */
function readMail({ account }: OpenChannel, wish: SimulatedMail): Promise<InboundMessage> {
  const settings = account.settings as EmailSettings;
  const from = normaliseEmail(wish.from);
  if (!from) {
    throw invalid('from', 'This is not a mail address.');
  }
  const addresses = emailAddresses(settings);
  return parseEmailApart(writeMail({ ...wish, from }, settings.address), {
    envelopeTo: addresses.slice(0, 1),
    envelopeFrom: from,
    accountAddresses: addresses,
    fallbackCharset: settings.fallbackCharset,
    verdict: 'none',
  });
}

function writeMail({ id, from, name, subject, text, at }: SimulatedMail, to: string): Buffer {
  const head = [
    `From: ${encoded(name)} <${from}>`,
    `To: <${to}>`,
    `Subject: ${encoded(subject)}`,
    `Date: ${at.toUTCString()}`,
    `Message-ID: <${id}@simulated.invalid>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const body = Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return Buffer.from([...head, '', body, ''].join('\r\n'));
}

/** Encoded as a whole, nothing that was typed can become a line of the head. */
function encoded(words: string): string {
  return words === '' ? '' : `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`;
}

/** A visitor speaks over a socket that the hub holds itself, so there is no provider's form to write. */
function readVisitor({ id, from, name, text, at }: SimulatedMail): InboundMessage {
  return {
    type: 'message',
    externalId: `simulated ${id}`,
    raw: Buffer.from(JSON.stringify({ visitor: from, id, body: text })),
    from: { kind: 'web', address: `simulated-${from.replaceAll(/\s/g, '')}`, trust: 'unauthenticated', name },
    claims: [],
    sentAt: at,
    kind: 'text',
    text,
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
  };
}
