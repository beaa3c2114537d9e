import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, storableText, type Choice, type EmailSettings, type MessageContent } from '#channels';
import type { Transaction } from '../../../database/database.js';
import { Outgoing } from '../../../delivery/outgoing.service.js';
import { ThreadTokens } from '../../../delivery/thread-tokens.service.js';
import { identityToWriteTo } from '../../../desk/customers/customers.query.js';
import { ChannelDirectory, type OpenChannel } from '../../../settings/channel-directory.service.js';
import type { KnownWay } from '../deciding/person-facts.query.js';
import { insertOutreachMessage, insertThread } from './write-outreach.query.js';

/** What leaves by a way, and of which outreach it is. */
export interface OutreachMessage {
  way: Pick<KnownWay, 'conversationId' | 'channelId' | 'address' | 'identityId' | 'claimId'>;
  subject: string;
  body: string;
  choices: Choice[];
  /** `stopAt`: where the reader of a mail unsubscribes with one click. */
  mark: { outreachId: string; outreach: string; stopAt: string | null };
}

export interface WrittenOutreach {
  id: string;
  seq: number;
  /** Nobody needs to send it: it stands where its reader looks. */
  isThere: boolean;
}

/** Writes a message of an outreach where its reader will see it, and into its line: both in the caller's transaction. */
@Injectable()
export class OutreachMessages {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly outgoing: Outgoing,
    private readonly tokens: ThreadTokens,
  ) {}

  /** The person's conversations must be locked. */
  async write(tx: Transaction, message: OutreachMessage): Promise<WrittenOutreach> {
    const { way } = message;
    const channel = this.channels.find(way.channelId) as OpenChannel;
    const id = uuid();
    const identityId = way.identityId ?? (await identityOf(tx, way));
    const threadId = channel.kind === 'email' ? await startThread(tx, message) : null;
    const mailId = threadId === null ? null : this.mailIdFor(id, threadId, channel);
    const body = storableText(message.body);
    const [stored] = await tx.query<{ seq: number }>(insertOutreachMessage, [
      id,
      way.conversationId,
      channel.id,
      threadId,
      identityId,
      mailId,
      body,
      matchKey(`${message.subject} ${body}`),
      JSON.stringify(contentOf(message, mailId)),
      channel.adapter.send ? 'queued' : 'sent',
    ]);
    const { seq } = stored as { seq: number };
    if (channel.adapter.send) {
      const { conversationId, address } = way;
      await this.outgoing.enqueue(tx, { conversationId, seq, channelId: channel.id, threadId, address, mailId });
    }
    return { id, seq, isThere: !channel.adapter.send };
  }

  private mailIdFor(messageId: string, threadId: string, { account }: OpenChannel): string {
    const { address } = account.settings as EmailSettings;
    return this.tokens.messageIdFor({ messageId, threadId }, address.slice(address.lastIndexOf('@') + 1));
  }
}

/** Each outreach is a thread of its own at its reader: an answer to it says by that what it answers. */
async function startThread(tx: Transaction, { way, subject }: OutreachMessage): Promise<string> {
  const id = uuid();
  await tx.query(insertThread, [id, way.conversationId, way.channelId, subject, [way.address]]);
  return id;
}

async function identityOf(tx: Transaction, { claimId, conversationId }: OutreachMessage['way']): Promise<string> {
  const [row] = await tx.query<{ id: string }>(identityToWriteTo, [claimId, [conversationId], uuid()]);
  if (!row) {
    throw new Error('an imported address is no longer there');
  }
  return row.id;
}

function contentOf({ way, subject, choices, mark }: OutreachMessage, mailId: string | null): MessageContent {
  const { stopAt, ...event } = mark;
  return {
    ...(mailId !== null && { subject, to: [way.address] }),
    ...(choices.length > 0 && { choices }),
    event: { name: 'outreach.message', ...event, ...(stopAt !== null && { stopAt }) },
  };
}
