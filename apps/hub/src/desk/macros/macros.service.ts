import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, storableText, type Sql } from '#channels';
import type { MacroView } from '#contract';
import type { TicketAction } from '#tickets';
import { hasRole, type Actor } from '../../auth/actor.js';
import { recordSettings } from '../../auth/record-settings.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { getOwnKept } from '../kept-rights.js';
import { explainBroken } from './explain-refusal.js';
import { readStored, readWritten } from './macro-actions.js';
import type { ChangeMacroDto, NewMacroDto } from './macros.dto.js';
import { readNamedThings, type NamedThings } from './named-things.query.js';

const mostKept = 1_000;

const view = `
select m.id, m.version, m.owner_id, m.name, m.queue_ids as "queueIds", m.actions, m.used::float8 as used, m.used_at as "usedAt", m.changed_at as "changedAt"
from macro m`;

export interface MacroRow extends Omit<MacroView, 'personal' | 'broken'> {
  owner_id: string | null;
  [key: string]: unknown;
}

/** Macros themselves: everybody's, changed by supervisors, and personal ones, which nobody else sees. */
@Injectable()
export class Macros {
  constructor(private readonly database: Database) {}

  /** Each with what it names that is gone. */
  async list(actor: Actor): Promise<MacroView[]> {
    return this.present(
      await this.database.query<MacroRow>(
        `${view} where m.owner_id is null or m.owner_id = $1 order by m.owner_id is null, m.name, m.id`,
        [actor.id],
      ),
    );
  }

  /** Those for the queue of a ticket, the most used first. */
  async listFor(actor: Actor, ticketId: string): Promise<MacroView[]> {
    return this.present(
      await this.database.query<MacroRow>(
        `${view} where (m.owner_id is null or m.owner_id = $1)
           and (cardinality(m.queue_ids) = 0 or exists (
             select 1 from queue q join ticket t on t.queue_id = coalesce(q.moved_to, q.id) where q.id = any (m.queue_ids) and t.id = $2))
         order by m.used desc, m.name, m.id`,
        [actor.id, ticketId],
      ),
    );
  }

  /** One that this actor may run; throws notFound for any other. */
  async getUsable(sql: Sql, actor: Actor, id: string): Promise<MacroRow> {
    const [row] = await sql.query<MacroRow>(`${view} where m.id = $1 and (m.owner_id is null or m.owner_id = $2)`, [
      id,
      actor.id,
    ]);
    if (!row) {
      throw notFound('This macro');
    }
    return row;
  }

  async create(actor: Actor, wish: NewMacroDto): Promise<MacroView> {
    const id = uuid();
    const ownerId = wish.personal ? actor.id : null;
    getOwnKept(actor, { ownerId }, 'This macro');
    const actions = readWritten(wish.actions);
    await this.database
      .transaction(async (tx) => {
        await checkRoom(tx, ownerId);
        await check(tx, actor, { actions, ownerId, queueIds: wish.queueIds ?? [] });
        await tx.query(
          'insert into macro (id, owner_id, name, name_key, queue_ids, actions) values ($1, $2, $3, $4, $5, $6)',
          [id, ownerId, ...nameColumns(wish.name), wish.queueIds ?? [], JSON.stringify(actions)],
        );
        await recordSettings(tx, { actorId: actor.id, table: 'macro', id, became: 'created' });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeMacroDto): Promise<MacroView> {
    await this.database
      .transaction(async (tx) => {
        const now = await hold(tx, actor, id);
        const before = await settingsRow(tx, 'macro', id);
        if (change.version !== undefined && change.version !== now.version) {
          throw conflict('stale', 'Somebody changed this macro meanwhile. Look again.', 'version');
        }
        const actions = change.actions ? readWritten(change.actions) : null;
        await check(tx, actor, { actions: actions ?? [], ownerId: now.ownerId, queueIds: change.queueIds ?? [] });
        await tx.query(
          `update macro set name = $2, name_key = $3, queue_ids = coalesce($4, queue_ids), actions = coalesce($5, actions),
             version = version + 1, changed_at = clock_timestamp() where id = $1`,
          [id, ...nameColumns(change.name ?? now.name), change.queueIds ?? null, actions && JSON.stringify(actions)],
        );
        await recordSettings(tx, { actorId: actor.id, table: 'macro', id, became: 'changed', before });
      })
      .catch(explain);
    return this.get(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await hold(tx, actor, id);
      const before = await settingsRow(tx, 'macro', id);
      await tx.query('delete from macro where id = $1', [id]);
      await recordSettings(tx, { actorId: actor.id, table: 'macro', id, became: 'removed', before });
    });
  }

  private async get(id: string): Promise<MacroView> {
    const [made] = await this.present(await this.database.query<MacroRow>(`${view} where m.id = $1`, [id]));
    return made as MacroView;
  }

  private async present(rows: MacroRow[]): Promise<MacroView[]> {
    const stored = rows.map(({ actions }) => readStored(actions));
    const things = await readNamedThings(
      this.database,
      stored.flatMap((read) => ('actions' in read ? read.actions : [])),
    );
    return rows.map((row, index) => presentOne(row, things, stored[index] as ReturnType<typeof readStored>));
  }
}

function presentOne(
  { owner_id: ownerId, ...row }: MacroRow,
  things: NamedThings,
  stored: ReturnType<typeof readStored>,
): MacroView {
  return {
    id: row.id,
    version: row.version,
    personal: ownerId !== null,
    name: row.name,
    queueIds: row.queueIds,
    actions: row.actions,
    broken: 'broken' in stored ? stored.broken : things.findBroken(stored.actions, ownerId),
    used: row.used,
    usedAt: row.usedAt,
    changedAt: row.changedAt,
  };
}

interface Held {
  name: string;
  version: number;
  ownerId: string | null;
}

async function hold(tx: Transaction, actor: Actor, id: string): Promise<Held> {
  const [row] = await tx.query<Held & Record<string, unknown>>(
    'select name, version, owner_id as "ownerId" from macro where id = $1 for update',
    [id],
  );
  return getOwnKept(actor, row, 'This macro');
}

interface Checked {
  actions: TicketAction[];
  ownerId: string | null;
  queueIds: string[];
}

/** A macro is saved only when all that it names is there, for everybody who may run it. */
async function check(tx: Transaction, actor: Actor, { actions, ownerId, queueIds }: Checked): Promise<void> {
  const calling = actions.findIndex((action) => action.do === 'call_webhook');
  if (calling !== -1 && !hasRole(actor, 'supervisor')) {
    throw invalid(`actions.${calling}`, 'Only supervisors make macros that call webhooks.', 'webhook_not_yours');
  }
  const known = await tx.query('select id from queue where id = any ($1::uuid[])', [queueIds]);
  if (known.length !== queueIds.length) {
    throw invalid('queueIds', 'There is no such queue.');
  }
  const [broken] = (await readNamedThings(tx, actions)).findBroken(actions, ownerId);
  if (broken) {
    throw explainBroken(broken);
  }
}

async function checkRoom(tx: Transaction, ownerId: string | null): Promise<void> {
  const [row] = await tx.query<{ kept: number }>(
    'select count(*)::int as kept from macro where owner_id is not distinct from $1',
    [ownerId],
  );
  if ((row?.kept ?? 0) >= mostKept) {
    throw conflict('too_many', `There can be ${mostKept} macros. Remove one that is not needed any more.`);
  }
}

function nameColumns(name: string): [name: string, key: string] {
  const key = matchKey(name);
  if (key === '') {
    throw invalid('name', 'A name has a letter or a digit.');
  }
  return [storableText(name.trim()), key];
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('name_taken', 'There is a macro of this name.', 'name');
  }
  throw error;
}
