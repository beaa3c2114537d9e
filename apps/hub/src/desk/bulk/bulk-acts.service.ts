import { Injectable } from '@nestjs/common';
import type { BulkAct, TicketState } from '#contract';
import { changeTags, holdTicket, readTags, type HeldTicket } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import type { Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { TicketProperties } from '../tickets/properties/ticket-properties.service.js';
import { TicketSpam } from '../tickets/properties/ticket-spam.service.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { TicketService } from '../tickets/ticket.service.js';
import { excludeAgents, markRead, markUnread, setCursor, standingOf } from './bulk.query.js';
import { changedSince, isSo, wayBack, type Changed, type Standing } from './standing.js';

/** As many as one may put on a ticket by hand. */
const mostTags = 30;

/** What one ticket of many became. `was` and `became` are there where something changed. */
export type Acted = { outcome: 'nothing' } | { outcome: 'done'; was: Standing; became: Standing };

const changedWords: Record<Changed, string> = {
  owner: 'Somebody else has it by now.',
  queue: 'It was moved to another queue since.',
  state: 'Its state changed since.',
  snooze: 'It woke, or sleeps until another time by now.',
  priority: 'Its priority was changed since.',
  tags: 'Its tags were changed since.',
  read: 'It was read since, or something new came.',
  spam: 'Somebody took the mark back already.',
};

/** One act on one ticket of many, and the same taken back: through the services that single acts go through. */
@Injectable()
export class BulkActs {
  constructor(
    private readonly access: TicketAccess,
    private readonly tickets: TicketService,
    private readonly properties: TicketProperties,
    private readonly spam: TicketSpam,
    private readonly bus: EventBus,
  ) {}

  /** Throws the refusal of a single act. */
  async perform(tx: Transaction, actor: Actor, ticketId: string, act: BulkAct): Promise<Acted> {
    const held = await this.hold(tx, ticketId);
    await this.access.check(tx, actor, ticketId);
    const was = await standing(tx, actor, held);
    if (isSo(act, was) || !(await this.apply(tx, actor, { held, was, act }))) {
      return { outcome: 'nothing' };
    }
    return { outcome: 'done', was, became: await standing(tx, actor, held) };
  }

  /** Makes a ticket what it was before the act. Throws a refusal where somebody changed it since. */
  async restore(
    tx: Transaction,
    actor: Actor,
    ticketId: string,
    { act, was, became }: { act: BulkAct; was: Standing; became: Standing },
  ): Promise<void> {
    const held = await this.hold(tx, ticketId);
    await this.checkTakeBack(tx, actor, ticketId, act);
    const now = await standing(tx, actor, held);
    const changed = changedSince(act, became, now);
    if (changed !== null) {
      throw conflict('changed_since', changedWords[changed]);
    }
    // Whoever gave it away may not reach it any more, and taking back their own act shows them nothing.
    await this.takeBack(tx, { ...actor, role: 'supervisor', ownRole: null }, { held, act, was, now });
  }

  private async hold(tx: Transaction, ticketId: string): Promise<HeldTicket> {
    const held = await holdTicket(tx, ticketId);
    if (!held) {
      throw notFound('This ticket');
    }
    return held;
  }

  /** What was given to a restricted queue is its own from then on. */
  private async checkTakeBack(tx: Transaction, actor: Actor, ticketId: string, act: BulkAct): Promise<void> {
    const gaveAway = act.do === 'route' || act.do === 'assign';
    const [open] = gaveAway
      ? await tx.query(
          'select 1 from ticket t join queue q on q.id = t.queue_id and not q.restricted where t.id = $1',
          [ticketId],
        )
      : [];
    if (!open) {
      await this.access.check(tx, actor, ticketId);
    }
  }

  /** False: there was nothing to do after all. */
  private async apply(
    tx: Transaction,
    actor: Actor,
    { held, was, act }: { held: HeldTicket; was: Standing; act: BulkAct },
  ): Promise<boolean> {
    switch (act.do) {
      case 'assign':
        return this.give(tx, actor, held, act);
      case 'route':
        return this.change(tx, actor, held.id, { queueId: act.queueId });
      case 'state':
        return this.change(tx, actor, held.id, { state: act.state });
      case 'priority':
        return this.change(tx, actor, held.id, { priority: act.priority });
      case 'tags':
        return this.retag(tx, actor, held.id, { from: was.tags, ...act });
      case 'snooze':
        await (act.until === null
          ? this.properties.wakeIn(tx, actor, held.id)
          : this.properties.snoozeIn(tx, actor, held.id, act.until));
        return true;
      case 'read':
        return this.mark(tx, actor, held, act.read);
      case 'spam':
        await this.spam.markIn(tx, actor, held.id);
        return true;
    }
  }

  private async give(
    tx: Transaction,
    actor: Actor,
    { id, ownerId }: Pick<HeldTicket, 'id' | 'ownerId'>,
    { agentId, from }: Extract<BulkAct, { do: 'assign' }>,
  ): Promise<true> {
    await this.tickets.assignIn(tx, actor, id, { agentId, expected: from ?? ownerId });
    if (agentId === null && from !== undefined) {
      await tx.query(excludeAgents, [id, [from]]);
    }
    return true;
  }

  private async change(
    tx: Transaction,
    actor: Actor,
    ticketId: string,
    change: Omit<Parameters<TicketService['changeIn']>[3], 'version'>,
  ): Promise<true> {
    const [row] = await tx.query<{ version: number }>('select version from ticket where id = $1', [ticketId]);
    await this.tickets.changeIn(tx, actor, ticketId, { ...change, version: row?.version ?? 0 });
    return true;
  }

  private async retag(
    tx: Transaction,
    actor: Actor,
    ticketId: string,
    { from, add, remove }: { from: string[]; add: string[]; remove: string[] },
  ): Promise<boolean> {
    const added = changeTags(from, { do: 'add_tags', tags: await readTags(tx, add) });
    const tags = changeTags(added, { do: 'remove_tags', tags: await readTags(tx, remove) });
    if (tags.length === from.length && tags.every((tag) => from.includes(tag))) {
      return false;
    }
    if (tags.length > mostTags && tags.length > from.length) {
      throw invalid('act.add', `A ticket has at most ${String(mostTags)} tags.`, 'too_many_tags');
    }
    return this.change(tx, actor, ticketId, { tags });
  }

  private async mark(tx: Transaction, actor: Actor, { parts }: HeldTicket, isRead: boolean): Promise<boolean> {
    const moved = await tx.query<{ conversation: string; seq: number }>(isRead ? markRead : markUnread, [
      actor.id,
      parts.map(({ id }) => id),
    ]);
    this.bus.emitAfterCommit(tx, 'conversation.unread', { agentId: actor.id });
    if (isRead) {
      moved.forEach(({ conversation, seq }) =>
        this.bus.emitAfterCommit(tx, 'conversation.read', { agentId: actor.id, conversation, seq }),
      );
    }
    return moved.length > 0;
  }

  private async takeBack(
    tx: Transaction,
    hand: Actor,
    { held, act, was, now }: { held: HeldTicket; act: BulkAct; was: Standing; now: Standing },
  ): Promise<void> {
    switch (act.do) {
      case 'assign':
        return this.giveBack(tx, hand, held.id, was);
      case 'route':
        await this.change(tx, hand, held.id, { queueId: was.queueId });
        await this.giveBack(tx, hand, held.id, was);
        return this.sleepAgain(tx, hand, held.id, was);
      case 'state':
        return this.goBack(tx, hand, held.id, { was, from: now.state });
      case 'spam':
        await this.spam.unmarkIn(tx, hand, held.id);
        return this.goBack(tx, hand, held.id, { was, from: 'open' });
      case 'snooze':
        return this.sleepAsBefore(tx, hand, held.id, was);
      case 'priority':
        await this.change(tx, hand, held.id, { priority: was.priority });
        return;
      case 'tags':
        await this.change(tx, hand, held.id, { tags: was.tags });
        return;
      case 'read':
        return this.readAsBefore(tx, hand, was);
    }
  }

  /** To whoever had it, and where that was nobody, to its queue, with those who had declined it. */
  private async giveBack(tx: Transaction, hand: Actor, ticketId: string, was: Standing): Promise<void> {
    const [row] = await tx.query<{ owner: string | null }>('select owner_id as owner from ticket where id = $1', [
      ticketId,
    ]);
    const expected = row?.owner ?? null;
    if (expected !== was.ownerId) {
      await this.tickets.assignIn(tx, hand, ticketId, { agentId: was.ownerId, expected });
    }
    if (was.ownerId === null) {
      await tx.query(excludeAgents, [ticketId, was.excluded]);
    }
  }

  /** From state to state until it is where it was, with its owner, its own name of the state, and asleep if it slept. */
  private async goBack(
    tx: Transaction,
    hand: Actor,
    ticketId: string,
    { was, from }: { was: Standing; from: TicketState },
  ): Promise<void> {
    const way = wayBack(from, was.state);
    const [first, ...rest] = from === 'solved' ? way : [null, ...way];
    if (first) {
      await this.step(tx, hand, ticketId, first, was);
    }
    // Only what is at work has somebody at it.
    await this.giveBack(tx, hand, ticketId, was);
    for (const state of rest) {
      await this.step(tx, hand, ticketId, state as TicketState, was);
    }
    await this.sleepAgain(tx, hand, ticketId, was);
  }

  private step(tx: Transaction, hand: Actor, ticketId: string, state: TicketState, was: Standing): Promise<true> {
    const named = state === was.state && was.stateNameId !== null;
    return this.change(tx, hand, ticketId, {
      state: state as Exclude<TicketState, 'new'>,
      ...(named && { stateNameId: was.stateNameId }),
    });
  }

  private async sleepAsBefore(tx: Transaction, hand: Actor, ticketId: string, was: Standing): Promise<void> {
    await (was.snoozed === null
      ? this.properties.wakeIn(tx, hand, ticketId)
      : this.sleepAgain(tx, hand, ticketId, was));
  }

  private async readAsBefore(tx: Transaction, hand: Actor, { read }: Standing): Promise<void> {
    for (const [part, seq] of Object.entries(read)) {
      await tx.query(setCursor, [hand.id, part, seq]);
    }
    this.bus.emitAfterCommit(tx, 'conversation.unread', { agentId: hand.id });
  }

  /** A sleep that would be over by now is. */
  private async sleepAgain(tx: Transaction, hand: Actor, ticketId: string, { snoozed }: Standing): Promise<void> {
    const [row] = await tx.query<{ ahead: boolean }>(
      `select case when $1 = 'reply' then true else $1::timestamptz > clock_timestamp() + interval '1 second' end as ahead`,
      [snoozed],
    );
    if (snoozed === null || !row?.ahead) {
      return;
    }
    await this.properties.snoozeIn(tx, hand, ticketId, snoozed === 'reply' ? { reply: true } : { at: snoozed });
  }
}

async function standing(tx: Transaction, actor: Actor, held: HeldTicket): Promise<Standing> {
  const [row] = await tx.query<Standing & Record<string, unknown>>(standingOf, [
    held.id,
    held.parts.map(({ id }) => id),
    actor.id,
  ]);
  return row as Standing;
}
