import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  callParty,
  type CallSource,
  type InboundCall,
  type InboundMessage,
  type LineHappening,
  type Statement,
} from '#channels';
import { failpoint } from '#failpoint';
import type { BotHappening } from '#bots';
import { BotTurns } from '../../bots/sessions/bot-turns.service.js';
import { Database } from '../../database/database.js';
import { IntakeService } from '../../intake/intake.service.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { trialOf } from '../try/trial-line.js';
import { readSession } from './line-reads.query.js';
import { lineSettingsOf } from './line-settings.js';
import { findCall, type PhoneCallRow } from './phone-call.query.js';

type Arrived = Extract<LineHappening, { kind: 'arrived' }>;

const keepCall: Statement = {
  name: 'line-keep-call',
  text: `
insert into phone_call (id, channel_id, call_id, direction, from_address, to_address) values ($1, $2, $3, 'in', $4, $5)
on conflict (channel_id, call_id) do nothing`,
};

/**
 * Ties a call to its message, which may have begun with an earlier report of the same call; then no bot was told of it yet. Parameters:
 * channel, call id, the message's external id.
 */
const placeCall: Statement = {
  name: 'line-place-call',
  text: `
with said as (
  select m.id, m.conversation_id, m.seq, m.identity_id, m.ticket_id, m.content from message m where m.channel_id = $1 and m.external_id = $3),
told as (
  insert into bot_event (conversation_id, key, kind, seq)
  select s.conversation_id, 'message:' || s.id, 'message', s.seq from said s
  where s.ticket_id is null and not coalesce(s.content -> 'flags' ? 'blocked', false)
  on conflict do nothing)
update phone_call p set conversation_id = s.conversation_id, seq = s.seq, identity_id = s.identity_id, ticket_id = coalesce(p.ticket_id, s.ticket_id)
from said s where p.channel_id = $1 and p.call_id = $2`,
};

/** Something that happened without words. Parameters: conversation, session, key, what happened. */
const tellBot: Statement = {
  name: 'line-tell-bot',
  text: `
insert into bot_event (conversation_id, session_id, key, kind, payload) values ($1, $2, $3, 'line', $4) on conflict do nothing`,
};

const sources: Readonly<Record<string, CallSource>> = {
  twilio: 'twilio',
  jambonz: 'jambonz',
  asterisk: 'agi',
  pbx: 'cti',
};

const noBytes = new Uint8Array();

/**
 * Brings what happens on a line onto the timeline and to its bot, through the one door, each part by itself and known again when it comes
 * twice. What a caller keys or says in confidence stands in its message only, where the bot that hears it takes it out.
 */
@Injectable()
export class LineArrivals {
  constructor(
    private readonly database: Database,
    private readonly intake: IntakeService,
    private readonly bots: BotTurns,
    private readonly channels: ChannelDirectory,
  ) {}

  /** A call that begins. @returns null where its channel is gone. */
  async arrive(line: { channelId: string; callId: string }, arrived: Arrived): Promise<PhoneCallRow | null> {
    const { channelId, callId } = line;
    const { from, to } = arrived;
    await this.database.query(keepCall, [uuid(), channelId, callId, from, to]);
    await this.intake.accept({
      channelId,
      channelKind: 'phone',
      event: this.callOf(line, arrived),
      threadId: null,
      files: [],
      isLine: true,
      isTrial: trialOf(callId) !== null,
    });
    failpoint('line.accepted');
    await this.database.query(placeCall, [channelId, callId, `call ${callId}`]);
    return findCall(this.database, line);
  }

  /** Tells the call's bot, and lets it answer. */
  async hear(call: PhoneCallRow, turn: number, happening: LineHappening): Promise<void> {
    if (happening.kind === 'heard' && (happening.digits !== '' || happening.speech !== '')) {
      await this.hearWords(call, turn, happening);
    } else {
      await this.hearWordless(call, turn, happening);
    }
    await this.bots.drain(call.conversationId);
  }

  /** The other side of a call, as an address. */
  partyOf({ channelId, callId, direction, fromAddress, toAddress }: PhoneCallRow): InboundCall['party'] {
    return callParty(direction === 'in' ? fromAddress : toAddress, callId, this.settingsOf(channelId));
  }

  sourceOf(channelId: string): CallSource {
    const { driver } = (this.channels.find(channelId)?.account.settings ?? {}) as { driver?: string };
    return sources[driver ?? ''] ?? 'cti';
  }

  private callOf(
    { channelId, callId }: { channelId: string; callId: string },
    { from, to, name }: Arrived,
  ): InboundCall {
    return {
      type: 'call',
      externalId: `line ${callId} arrived`,
      raw: noBytes,
      callId,
      order: 0,
      party: callParty(from, callId, { ...this.settingsOf(channelId), name }),
      direction: 'in',
      state: 'ringing',
      outcome: null,
      startedAt: new Date(),
      answeredAt: null,
      endedAt: null,
      durationSeconds: null,
      recordingUrl: null,
      note: '',
      details: { source: this.sourceOf(channelId), ...(to !== '' && { line: to }) },
    };
  }

  private settingsOf(channelId: string): { defaultCountry: string } {
    return lineSettingsOf(this.channels.find(channelId)?.account.settings);
  }

  /** Nobody is asked anything once people have the caller: what is keyed then is no answer to a bot. */
  private async hearWords(
    call: PhoneCallRow,
    turn: number,
    { digits, speech }: { digits: string; speech: string },
  ): Promise<void> {
    const session = await readSession(this.database, call);
    if (session?.status !== 'active' && session?.status !== 'waiting') {
      return;
    }
    const isKeys = digits !== '';
    const event: InboundMessage = {
      type: 'message',
      externalId: `line ${call.callId} ${String(turn)}`,
      raw: noBytes,
      from: this.partyOf(call),
      claims: [],
      sentAt: null,
      kind: isKeys ? 'keys' : 'text',
      text: isKeys ? digits : speech,
      attachments: [],
      mail: null,
      replyTo: null,
      flags: trialOf(call.callId) === null ? [] : ['simulated'],
    };
    await this.intake.accept({ channelId: call.channelId, channelKind: 'phone', event, threadId: null, files: [] });
  }

  private async hearWordless(call: PhoneCallRow, turn: number, happening: LineHappening): Promise<void> {
    const wordless = wordlessOf(happening);
    if (wordless !== null) {
      const key = wordless.kind === 'hangup' ? 'hangup' : String(turn);
      const payload = { happening: wordless, seq: call.seq };
      const values = [call.conversationId, call.sessionId, `line:${call.id}:${key}`, JSON.stringify(payload)];
      await this.database.query(tellBot, values);
    }
  }
}

/** What a happening without words is to a script; null: nothing. */
function wordlessOf(happening: LineHappening): BotHappening | null {
  switch (happening.kind) {
    case 'heard':
      return { kind: 'silence' };
    case 'recorded':
      return happening.reference === null ? { kind: 'silence' } : { kind: 'file', mediaType: 'audio/wav' };
    case 'hung_up':
      return { kind: 'hangup' };
    case 'arrived':
    case 'played':
    case 'held':
    case 'dialled':
      return null;
  }
}
