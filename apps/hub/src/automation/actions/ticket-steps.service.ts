import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Sql } from '#channels';
import {
  assign,
  changeTags,
  changeTicket,
  followTicket,
  missingForSolving,
  setFields,
  snoozeTicket,
  type ActionChange,
  type ActionEffect,
  type ActionOf,
  type AssignmentResult,
  type StepAction,
  type TicketChange,
} from '#tickets';
import type { Transaction } from '../../database/database.js';
import { SnoozeTelling } from '../snooze-telling.service.js';
import { TicketTelling } from '../ticket-telling.service.js';
import { Refused, type ActionPlace } from './action-place.js';

interface Now {
  version: number;
  ownerId: string | null;
  state: string;
  tags: string[];
}

/** Changes tickets as actions say, through the same doors as agents do. Nothing is written where everything is as it should be. */
@Injectable()
export class TicketSteps {
  constructor(
    private readonly telling: TicketTelling,
    private readonly modules: ModuleRef,
  ) {}

  async followersOf(sql: Sql, ticketId: string): Promise<string[]> {
    const rows = await sql.query<{ id: string }>(
      'select agent_id as id from ticket_follower where ticket_id = $1 order by agent_id',
      [ticketId],
    );
    return rows.map(({ id }) => id);
  }

  /** Throws Refused. */
  async take(
    tx: Transaction,
    place: ActionPlace,
    { action, change }: { action: StepAction; change: ActionChange },
  ): Promise<ActionEffect> {
    if (!('from' in change) || !isDeepStrictEqual(change.from, change.to)) {
      const step = this.steps[action.do] as (tx: Transaction, place: ActionPlace, action: StepAction) => Promise<void>;
      await step(tx, place, action);
    }
    return { action, change };
  }

  private readonly steps: {
    [Kind in StepAction['do']]: (tx: Transaction, place: ActionPlace, action: ActionOf<Kind>) => Promise<void>;
  } = {
    set_state: (tx, place, action) => this.setState(tx, place, action),
    set_priority: (tx, place, { priority }) => this.change(tx, place, () => ({ priority })),
    add_tags: (tx, place, action) => this.change(tx, place, ({ tags }) => ({ tags: changeTags(tags, action) })),
    remove_tags: (tx, place, action) => this.change(tx, place, ({ tags }) => ({ tags: changeTags(tags, action) })),
    move_to_queue: (tx, place, { queueId }) => this.move(tx, place, queueId),
    assign: (tx, place, { agentId }) => this.assign(tx, place, agentId === 'actor' ? place.actorId : agentId),
    set_field: (tx, place, action) => this.setField(tx, place, action),
    snooze: (tx, place, { until }) => this.snooze(tx, place, until),
    follow: (tx, place, { agentId }) => this.follow(tx, place, agentId === 'actor' ? place.actorId : agentId),
  };

  /** What a ticket must say before it is solved, it must say whoever solves it. */
  private async setState(
    tx: Transaction,
    place: ActionPlace,
    { state, stateName }: ActionOf<'set_state'>,
  ): Promise<void> {
    if (state === 'solved') {
      const missing = await missingForSolving(tx, { id: place.ticketId });
      if (missing.length > 0) {
        throw new Refused('fields_missing', missing.map(({ key }) => key).join(', '));
      }
    }
    await this.change(tx, place, () => ({ state, ...named(stateName) }));
  }

  private async setField(
    tx: Transaction,
    { ticketId, by }: ActionPlace,
    { field, value }: ActionOf<'set_field'>,
  ): Promise<void> {
    const result = await setFields(tx, { ticketId, values: { [field]: value }, by: by?.id ?? null });
    if (result.outcome === 'unfit') {
      throw new Refused('field_unfit', result.why);
    }
    if (result.outcome !== 'set') {
      throw new Refused(result.outcome === 'unknown' ? 'field_gone' : result.outcome);
    }
    const changes = Object.entries(result.after).map(([key, to]) => ({
      field: key,
      from: result.before[key] ?? null,
      to,
    }));
    if (changes.length > 0) {
      await this.telling.happened(tx, result.ticket, by?.id ?? null, { name: 'ticket.fields', changes });
    }
  }

  private async snooze(
    tx: Transaction,
    { ticketId, by }: ActionPlace,
    until: ActionOf<'snooze'>['until'],
  ): Promise<void> {
    const result = await snoozeTicket(tx, { ticketId, until, by: by?.id ?? null });
    if (result.outcome !== 'snoozed') {
      throw new Refused(result.outcome === 'unfit' ? result.why : result.outcome);
    }
    await this.modules.get(SnoozeTelling, { strict: false }).snoozed(tx, result, by?.id ?? null);
  }

  private async follow(tx: Transaction, { ticketId, by }: ActionPlace, agentId: string | null): Promise<void> {
    const result = await followTicket(tx, { ticketId, agentId: agentId ?? '', follows: true, by: by?.id ?? null });
    if (result.outcome !== 'set') {
      throw new Refused(result.outcome === 'no_agent' ? 'agent_gone' : result.outcome);
    }
  }

  private async change(
    tx: Transaction,
    place: ActionPlace,
    wish: (now: Now) => Omit<TicketChange, 'ticketId' | 'version' | 'by'>,
  ): Promise<void> {
    const now = await nowOf(tx, place.ticketId);
    const wanted = wish(now);
    const by = place.by?.id ?? null;
    const result = await changeTicket(tx, { ...wanted, ticketId: place.ticketId, version: now.version, by });
    if (result.outcome !== 'changed') {
      throw new Refused(result.outcome === 'illegal' ? 'illegal_state' : result.outcome);
    }
    await this.telling.changed(tx, result.ticket, { ...result, to: wanted.state ?? result.ticket.state, by });
  }

  private async move(tx: Transaction, place: ActionPlace, queueId: string): Promise<void> {
    const [queue] = await tx.query('select 1 from queue where id = $1 and retired_at is null', [queueId]);
    if (!queue) {
      throw new Refused('queue_gone');
    }
    await this.change(tx, place, () => ({ queueId }));
  }

  private async assign(tx: Transaction, place: ActionPlace, agentId: string | null): Promise<void> {
    const { ownerId } = await nowOf(tx, place.ticketId);
    const by = place.by?.id ?? null;
    const result = await assign(tx, {
      ticketId: place.ticketId,
      agentId,
      expectedOwnerId: ownerId,
      by,
      withinCapacity: false,
      endReason: agentId === null ? 'released' : 'transferred',
    });
    if (result.outcome !== 'assigned') {
      throw new Refused(refusalOf(result));
    }
    await this.telling.assigned(tx, result.ticket, agentId, by);
  }
}

function named(stateNameId: string | undefined): { stateNameId?: string } {
  return stateNameId === undefined ? {} : { stateNameId };
}

function refusalOf({ outcome }: Exclude<AssignmentResult, { outcome: 'assigned' }>): string {
  return outcome === 'full' ? 'agent_cannot' : outcome;
}

async function nowOf(tx: Sql, ticketId: string): Promise<Now> {
  const [now] = await tx.query<Now & Record<string, unknown>>(
    'select version, owner_id as "ownerId", state, tags from ticket where id = $1',
    [ticketId],
  );
  if (!now) {
    throw new Refused('absent');
  }
  return now;
}
