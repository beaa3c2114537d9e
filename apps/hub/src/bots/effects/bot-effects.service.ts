import { Injectable } from '@nestjs/common';
import type { BotEffect, LookupError } from '#bots';
import type { FieldValue } from '#tickets';
import { setFields } from '#tickets';
import { ActionRefused } from '../../automation/actions/action-place.js';
import { RunActions } from '../../automation/actions/run-actions.service.js';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import type { HubEvents } from '../../events/hub-events.js';
import { Log } from '../../platform/operations/log.js';
import { SecretBox } from '../../platform/secret-box.js';
import { botFact, type SessionRow } from '../sessions/bot-session.query.js';
import type { LockedTalk } from '../sessions/lock-talk.js';
import { BotTickets } from './bot-tickets.service.js';
import { HandOver } from './hand-over.service.js';
import { hubPriority } from './hub-priority.js';

/** What a script hears of an effect that it waits for. `effect`: its id. */
export type EffectAnswer = { effect: string } & ({ ok: true; value: unknown } | { ok: false; error: LookupError });

/** What became of an effect in its turn. `ready`: it is done later, from its row. */
export interface EffectDone {
  state: 'ready' | 'done' | 'failed';
  /** What is kept of it. */
  payload: Record<string, unknown>;
  answer?: EffectAnswer;
  ticketId?: string | null;
}

/** Who talks, in a transaction that holds the person. */
export interface EffectPlace {
  talk: LockedTalk;
  session: SessionRow;
}

type Of<Kind extends BotEffect['kind']> = Extract<BotEffect, { kind: Kind }>;

/** What the person has open, for a lookup. Parameter: conversations. */
const ticketsOf = `
select t.number, t.subject, t.state, t.opened_at as "openedAt", t.solved_at as "solvedAt", q.name as queue
from ticket t join queue q on q.id = t.queue_id where t.conversation_id = any ($1::uuid[]) order by t.last_message_at desc limit 10`;

/** The line on which somebody waits. Parameters: conversation, seq of the call's message. */
const lineOf = `
select channel_id as "channelId", call_id as "callId" from phone_call where conversation_id = $1 and seq = $2 and ended_at is null`;

/** Does what scripts ask of the hub. What the database can do is done in the turn itself; what is outside of it waits in its row. */
@Injectable()
export class BotEffects {
  constructor(
    private readonly tickets: BotTickets,
    private readonly handOver: HandOver,
    private readonly actions: RunActions,
    private readonly box: SecretBox,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {}

  perform(tx: Transaction, place: EffectPlace, effect: BotEffect): Promise<EffectDone> {
    const does = this.doings[effect.kind] as (
      tx: Transaction,
      place: EffectPlace,
      effect: BotEffect,
    ) => Promise<EffectDone>;
    return does(tx, place, effect);
  }

  private readonly doings: {
    [Kind in BotEffect['kind']]: (tx: Transaction, place: EffectPlace, effect: Of<Kind>) => Promise<EffectDone>;
  } = {
    lookup: (tx, place, effect) => this.lookUp(tx, place, effect),
    tag: (tx, place, effect) => this.tag(tx, place, effect),
    set: (tx, place, effect) => this.set(tx, place, effect),
    ticket: (tx, place, effect) => this.ticket(tx, place, effect),
    handoff: async (tx, { session }, effect) => ({
      ...done(effect),
      ticketId: await this.handOver.handOff(tx, session, effect),
    }),
    callback: (_tx, _place, effect) => Promise.resolve(later(effect)),
    voicemail: (_tx, _place, effect) => Promise.resolve(later(effect)),
    alert: (tx, place, effect) => this.alert(tx, place, effect),
    withdraw: (_tx, _place, effect) => Promise.resolve(done(effect)),
    end: (_tx, _place, effect) => Promise.resolve(done(effect)),
  };

  /** The waiting work of a session's hand-off is nobody's any more: its script goes on. */
  async withdraw(tx: Transaction, { ticketId, channel, conversationId, firstSeq }: SessionRow): Promise<void> {
    if (ticketId !== null) {
      await this.handOver.withdraw(tx, ticketId, null);
    }
    const lines =
      channel === 'voice' ? await tx.query<HubEvents['line.nudge']>(lineOf, [conversationId, firstSeq]) : [];
    lines.forEach((line) => this.bus.emitAfterCommit(tx, 'line.nudge', line));
  }

  /** Tickets of the customer's own are read here; what is outside is asked once the turn is stored. */
  private async lookUp(tx: Transaction, { talk, session }: EffectPlace, effect: Of<'lookup'>): Promise<EffectDone> {
    if (effect.source === 'tickets') {
      const rows = await tx.query(ticketsOf, [talk.parts.map(({ id }) => id)]);
      const number = Number(effect.args['number']);
      const found = Number.isInteger(number) && number > 0 ? rows.filter((row) => row['number'] === number) : rows;
      const answer: EffectAnswer =
        found.length === 0
          ? { effect: effect.id, ok: false, error: 'absent' }
          : { effect: effect.id, ok: true, value: { ...found[0], tickets: found } };
      return { ...done(effect), answer };
    }
    this.bus.emitAfterCommit(tx, 'bot.asked', {});
    const { args, sensitive, ...open } = effect;
    const sealed = this.box.seal(JSON.stringify(args), argsPlace(session.id)).toString('base64');
    return { state: 'ready', payload: { ...open, sensitive, sealed } };
  }

  private async tag(tx: Transaction, { session }: EffectPlace, effect: Of<'tag'>): Promise<EffectDone> {
    const { add, remove } = effect;
    if (session.ticketId !== null) {
      await this.act(tx, session.ticketId, [
        ...(add.length > 0 ? [{ do: 'add_tags', tags: add } as const] : []),
        ...(remove.length > 0 ? [{ do: 'remove_tags', tags: remove } as const] : []),
      ]);
    }
    return done(effect);
  }

  /** Values of a conversation are those of its ticket: it has none of its own. */
  private async set(tx: Transaction, { talk, session }: EffectPlace, effect: Of<'set'>): Promise<EffectDone> {
    if (effect.scope === 'customer') {
      await tx.query('update customer set fields = fields || $2 where id = $1', [
        talk.root,
        JSON.stringify(effect.values),
      ]);
    } else if (session.ticketId !== null) {
      await this.setAll(tx, session.ticketId, effect.values);
    }
    return done(effect);
  }

  private async ticket(tx: Transaction, { session }: EffectPlace, effect: Of<'ticket'>): Promise<EffectDone> {
    const { act, subject, queue, priority, tags, fields, note } = effect;
    const opened =
      act === 'create' && session.ticketId === null
        ? await this.tickets.open(tx, { ...session, subject, queue, priority: hubPriority(priority), tags })
        : null;
    const ticketId = opened?.id ?? session.ticketId;
    const [ticket] = await tx.query<{ number: number }>('select number from ticket where id = $1', [ticketId]);
    if (ticketId === null || !ticket) {
      return { ...done(effect), answer: { effect: effect.id, ok: false, error: 'failed' } };
    }
    await tx.query('update bot_session set ticket_id = $2 where id = $1', [session.id, ticketId]);
    await this.setAll(tx, ticketId, fields);
    if (note !== '') {
      await this.act(tx, ticketId, [{ do: 'note', text: note }]);
    }
    const isSolved = act !== 'solve' || (await this.act(tx, ticketId, [{ do: 'set_state', state: 'solved' }]));
    const answer: EffectAnswer = isSolved
      ? { effect: effect.id, ok: true, value: { number: ticket.number, id: ticketId } }
      : { effect: effect.id, ok: false, error: 'refused' };
    return { ...done(effect), answer, ticketId };
  }

  private async alert(tx: Transaction, { session }: EffectPlace, effect: Of<'alert'>): Promise<EffectDone> {
    const { id, conversationId, versionId } = session;
    await tx.query(botFact, ['bot.failed', conversationId, id, null, { versionId, reason: effect.reason }]);
    this.log.warn('A script ran against its limits and gave up.', { session: id, reason: effect.reason });
    return done(effect);
  }

  private async setAll(tx: Transaction, ticketId: string, fields: Record<string, unknown>): Promise<void> {
    const values = fields as Record<string, FieldValue | null>;
    if (Object.keys(fields).length > 0) {
      const result = await setFields(tx, { ticketId, values, by: null });
      if (result.outcome !== 'set') {
        this.log.warn('A script could not set fields of a ticket.', { ticket: ticketId, outcome: result.outcome });
      }
    }
  }

  /** What a ticket refuses it refuses a script as well, and the script goes on. @returns whether it was done. */
  private async act(
    tx: Transaction,
    ticketId: string,
    actions: Parameters<RunActions['run']>[1]['actions'],
  ): Promise<boolean> {
    await tx.query('savepoint bot_action');
    try {
      await this.actions.run(tx, { ticketId, actions, by: null, cause: { depth: 0 } });
      return true;
    } catch (error) {
      if (!(error instanceof ActionRefused)) {
        throw error;
      }
      await tx.query('rollback to savepoint bot_action');
      this.log.warn('A ticket refused what a script wanted.', { ticket: ticketId, reason: error.message });
      return false;
    }
  }
}

/** Where the arguments of a session's lookups are sealed. */
export function argsPlace(sessionId: string): { table: string; row: string; column: string } {
  return { table: 'bot_effect', row: sessionId, column: 'payload' };
}

function done({ id, awaitsResult: _waits, node: _node, ...effect }: BotEffect): EffectDone {
  return { state: 'done', payload: { id, ...effect } };
}

/** While the work of a call back waits the queue speaks, so it is asked for once the script has nothing more to say. */
function later(effect: Of<'callback'> | Of<'voicemail'>): EffectDone {
  const answer: EffectAnswer = { effect: effect.id, ok: true, value: null };
  return { state: 'ready', payload: { ...effect }, ...(effect.awaitsResult && { answer }) };
}
