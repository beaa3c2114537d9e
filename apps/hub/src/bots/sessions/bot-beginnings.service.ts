import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { beginState } from '#bots';
import { refusalToAnswer } from '#channels';
import type { Transaction } from '../../database/database.js';
import { ScriptCatalogue } from '../scripts/script-catalogue.service.js';
import { botFact, insertSession, oneSession, type HeardMessage, type SessionRow } from './bot-session.query.js';
import { deriveHolder, type LockedTalk } from './lock-talk.js';
import { scriptChannelOf } from './read-happening.js';

/** A session that has just begun, and who speaks now. */
export interface Begun {
  session: SessionRow;
  talk: LockedTalk;
}

/** Begins sessions: which script answers whom, in which language, and with which versions of what it calls. */
@Injectable()
export class BotBeginnings {
  constructor(private readonly catalogue: ScriptCatalogue) {}

  /** Nobody else may speak with the person. @returns null where no script answers them on this channel. */
  async begin(tx: Transaction, talk: LockedTalk, message: HeardMessage): Promise<Begun | null> {
    const { channelId, identityId, threadId, conversationId, seq } = message;
    const channel = scriptChannelOf(message.channelKind);
    const asked = { channelId, customerId: talk.root, at: null };
    const chosen = mayAnswer(message) ? await this.catalogue.choose(tx, asked) : null;
    if (!chosen) {
      return null;
    }
    const { versionId } = chosen;
    const script = await this.catalogue.open(versionId, tx);
    const pins = await this.catalogue.pins(tx, { versionId, customerId: talk.root, at: null });
    const [customer] = await tx.query<{ locale: string }>('select locale from customer where id = $1', [talk.root]);
    const state = beginState(script, { channel, locale: customer?.locale.startsWith('fa') === false ? 'en' : 'fa' });
    const id = uuid();
    const place = [channelId, identityId, threadId, channel, state.locale, seq];
    await tx.query(insertSession, [id, conversationId, versionId, ...place, pins, JSON.stringify(state)]);
    await tx.query(botFact, ['bot.started', conversationId, id, null, { versionId, channelId, channel }]);
    return this.takeFloor(tx, talk, id);
  }

  /** Makes a live session the speaker of its person at once. @returns null where somebody else is stronger. */
  async takeFloor(tx: Transaction, talk: LockedTalk, sessionId: string): Promise<Begun | null> {
    const now = await deriveHolder(tx, talk);
    const [session] = await tx.query<SessionRow & Record<string, unknown>>(oneSession, [sessionId]);
    const part = now.parts.find(({ id }) => id === session?.conversationId);
    if (!session || !part || part.holder !== 'bot' || part.holderId !== sessionId) {
      return null;
    }
    await tx.query('update bot_session set epoch = $2 where id = $1', [sessionId, part.epoch]);
    return { session: { ...session, epoch: part.epoch }, talk: now };
  }
}

/** A bot talks on calls that Peyk answers and on no others; what nobody vouches for, or nobody wrote, is not answered by itself. */
function mayAnswer({ kind, channelKind, content, isLine }: HeardMessage): boolean {
  const { flags = [], checks = null } = content;
  const nothingYet = { own: new Set<string>(), suppressed: false, inThread: 0, inDay: 0, inMailboxHour: 0 };
  const refusal = refusalToAnswer({ flags, checks, hasReport: false, address: 'somebody', ...nothingYet });
  const isCall = kind === 'call' || channelKind === 'phone';
  return refusal === null && (isCall ? isLine : !flags.includes('simulated'));
}
