import { Injectable } from '@nestjs/common';
import type { CallbackView, Page } from '#contract';
import { oversees, type Actor } from '../auth/actor.js';
import { recordAct } from '../auth/record-act.js';
import { Database } from '../database/database.js';
import { conflict, notFound } from '../platform/errors/api-error.js';
import { listCallbacks, presentCallback, type CallbackRow } from './callbacks.query.js';
import type { CallbackListDto } from './callbacks.dto.js';
import { Callbacks } from './callbacks.service.js';

const open = ['requested', 'due'] as const;
const ended = ['done', 'cancelled'] as const;

interface Wanted {
  id?: string;
  ticketId?: string | undefined;
  states: readonly string[];
  after?: string | undefined;
  limit?: number;
}

/** What agents and supervisors do about those who are to be called back. */
@Injectable()
export class CallbackDesk {
  constructor(
    private readonly database: Database,
    private readonly callbacks: Callbacks,
  ) {}

  /** Those who asked first come first. */
  async list(actor: Actor, { ticketId, state, before, limit }: CallbackListDto): Promise<Page<CallbackView>> {
    const states = state === 'open' ? open : ended;
    const found = await this.read(actor, { ticketId, states, after: before, limit: limit + 1 });
    const rows = found.slice(0, limit);
    return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
  }

  /** The customer was called, or written to. */
  async finish(actor: Actor, id: string): Promise<CallbackView> {
    return this.end(actor, id, { as: 'done', reason: 'agent' });
  }

  async cancel(actor: Actor, id: string): Promise<CallbackView> {
    return this.end(actor, id, { as: 'cancelled', reason: 'supervisor' });
  }

  private async end(
    actor: Actor,
    id: string,
    how: { as: 'done' | 'cancelled'; reason: 'agent' | 'supervisor' },
  ): Promise<CallbackView> {
    await this.get(actor, id);
    await this.database.transaction(async (tx) => {
      if (!(await this.callbacks.end(tx, id, { ...how, by: actor.id, from: [...open] }))) {
        throw conflict('callback_over', 'This was done or cancelled already.');
      }
      await recordAct(tx, { actorId: actor.id, action: `callback.${how.as}`, subject: id });
    });
    return this.get(actor, id);
  }

  /** Throws the same notFound for one that is not there and for one that the actor may not know of. */
  private async get(actor: Actor, id: string): Promise<CallbackView> {
    const [callback] = await this.read(actor, { id, states: [...open, ...ended] });
    if (!callback) {
      throw notFound('This call back');
    }
    return callback;
  }

  private async read(actor: Actor, { id, ticketId, states, after, limit = 1 }: Wanted): Promise<CallbackView[]> {
    const values = [oversees(actor), actor.id, id ?? null, ticketId ?? null, states, limit, after ?? null];
    const rows = await this.database.query<CallbackRow & Record<string, unknown>>(listCallbacks, values);
    return rows.map(presentCallback);
  }
}
