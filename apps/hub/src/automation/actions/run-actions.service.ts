import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import {
  holdTicket,
  isSaying,
  planActions,
  readTags,
  spellTags,
  type ActionEffect,
  type TicketAction,
  type TicketFacts,
} from '#tickets';
import type { Actor } from '../../auth/actor.js';
import type { Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { ActionRefused, Refused, type ActionCause, type ActionPlace } from './action-place.js';
import { ActionWords } from './action-words.service.js';
import { TicketSteps } from './ticket-steps.service.js';
import { ticketFacts, type TicketFactsRow } from './ticket-facts.query.js';

/** Actions to run on one ticket. */
export interface ActionRun {
  ticketId: string;
  actions: readonly TicketAction[];
  /** Who runs them; null for the hub itself. */
  by: Actor | null;
  /** Who 'actor' stands for where nobody runs them: whoever did what is followed. */
  actorId?: string | null;
  cause: ActionCause;
}

/** What was done, in order: each with what it changed or said. */
export interface ActionsDone {
  ticketId: string;
  effects: ActionEffect[];
}

const nameCause = `select set_config('peyk.cause', $1, true), set_config('peyk.depth', $2, true)`;

/**
 * Does what rules and macros say, in the caller's transaction: all of it, or an ActionRefused ends the transaction. Every fact that is
 * written meanwhile says what caused it and how deep in a chain of rules it is, by the defaults of event_log.
 */
@Injectable()
export class RunActions {
  constructor(
    private readonly steps: TicketSteps,
    private readonly words: ActionWords,
    private readonly live: LiveFeed,
  ) {}

  /** Locks the person, then the ticket. The caller has checked that `by` may work on it, and holds nothing below a conversation. */
  async run(tx: Transaction, run: ActionRun): Promise<ActionsDone> {
    const actions = await spelled(tx, run.actions, spellTags);
    const ticket = await holdTicket(tx, run.ticketId);
    const read = await this.read(tx, run);
    if (!ticket || !read) {
      throw new ActionRefused(0, run.actions[0] as TicketAction, 'absent');
    }
    const planned = planActions(read.facts, actions);
    refuseFirst(planned);
    await tx.query(nameCause, [run.cause.rule ?? run.cause.macro ?? '', String(run.cause.depth)]);
    const effects: ActionEffect[] = [];
    for (const [index, effect] of planned.entries()) {
      effects.push(await this.doOne(tx, read.place, effect, index));
    }
    await tx.query(nameCause, ['', '']);
    this.live.movedBy(tx, ticket.parts);
    return { ticketId: run.ticketId, effects };
  }

  /** The same as a diff, with the words as the customer would read them; what would be refused is in it as such. Null: no such ticket. */
  async preview(reader: Sql, run: ActionRun): Promise<ActionEffect[] | null> {
    const read = await this.read(reader, run);
    if (!read) {
      return null;
    }
    const effects: ActionEffect[] = [];
    for (const effect of planActions(read.facts, await spelled(reader, run.actions, readTags))) {
      effects.push(await this.words.previewed(reader, read.place, effect));
    }
    return effects;
  }

  private async read(sql: Sql, run: ActionRun): Promise<{ facts: TicketFacts; place: ActionPlace } | null> {
    const [row] = await sql.query<TicketFactsRow & Record<string, unknown>>(ticketFacts, [run.ticketId]);
    if (!row) {
      return null;
    }
    const { conversationId, locale, ...facts } = row;
    const actorId = run.by?.id ?? run.actorId ?? null;
    const followerIds = await this.steps.followersOf(sql, run.ticketId);
    const takesWork = !run.actions.some((action) => action.do === 'assign' || action.do === 'move_to_queue');
    const place = { ticketId: run.ticketId, conversationId, locale, by: run.by, actorId, cause: run.cause, takesWork };
    return { facts: { ...facts, followerIds, actorId }, place };
  }

  private async doOne(tx: Transaction, place: ActionPlace, effect: ActionEffect, index: number): Promise<ActionEffect> {
    try {
      const { action, change } = effect;
      return isSaying(action)
        ? await this.words.say(tx, place, { action, change })
        : await this.steps.take(tx, place, { action, change });
    } catch (error) {
      throw error instanceof Refused ? new ActionRefused(index, effect.action, error.code, error.detail) : error;
    }
  }
}

/** Tags as they are kept; words that are no tags leave an action without any. */
async function spelled(
  sql: Sql,
  actions: readonly TicketAction[],
  spell: (sql: Sql, tags: readonly string[]) => Promise<string[]>,
): Promise<TicketAction[]> {
  const kept: TicketAction[] = [];
  for (const action of actions) {
    if (action.do === 'add_tags') {
      kept.push({ ...action, tags: await spell(sql, action.tags) });
    } else {
      // To take a tag away does not make it known.
      kept.push(action.do === 'remove_tags' ? { ...action, tags: await readTags(sql, action.tags) } : action);
    }
  }
  return kept;
}

function refuseFirst(planned: readonly ActionEffect[]): void {
  for (const [index, { action, change }] of planned.entries()) {
    if ('refused' in change) {
      throw new ActionRefused(index, action, change.refused);
    }
  }
}
