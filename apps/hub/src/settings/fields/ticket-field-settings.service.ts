import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { FieldChoiceView, FieldWordsView, TicketFieldView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct, type Act } from '../../auth/record-act.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { checkChoices, checkWords } from './check-field.js';
import type { ChangeFieldDto, NewFieldDto } from './ticket-fields.dto.js';

const view = `
select f.id, f.key, f.kind, f.name, f.choices, f.required_to_solve as "requiredToSolve", f.retired_at is not null as "isRetired",
       f.position, f.version,
       case when not f.everywhere then array(
         select distinct coalesce(q.moved_to, q.id) from ticket_field_queue a join queue q on q.id = a.queue_id where a.field_id = f.id) end as "queueIds"
from ticket_field f`;

const mostFields = 200;

/** What a change leaves as it is, or not. */
interface Terms {
  name: FieldWordsView;
  choices: FieldChoiceView[];
  queueIds: string[] | null;
  requiredToSolve: boolean;
  position: number;
}

/** What tickets are asked for, as administrators set it up. */
@Injectable()
export class TicketFieldSettings {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  list(): Promise<TicketFieldView[]> {
    return this.database.query<TicketFieldView & Record<string, unknown>>(`${view} order by f.position, f.key`);
  }

  async create(actor: Actor, wish: NewFieldDto): Promise<TicketFieldView> {
    const id = uuid();
    const choices = checkChoices(wish.kind, wish.choices ?? []);
    const name = checkWords(wish.name ?? {}, 'name');
    await this.database
      .transaction(async (tx) => {
        await refuseTooMany(tx);
        await tx.query(
          'insert into ticket_field (id, key, kind, name, choices, required_to_solve, position) values ($1, $2, $3, $4, $5, $6, $7)',
          [
            id,
            wish.key,
            wish.kind,
            JSON.stringify(name),
            JSON.stringify(choices),
            wish.requiredToSolve ?? false,
            wish.position ?? 0,
          ],
        );
        await setQueues(tx, id, wish.queueIds ?? null);
        await this.done(tx, actor, { action: 'ticket_field.created', subject: id });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, wish: ChangeFieldDto): Promise<TicketFieldView> {
    await this.database.transaction(async (tx) => {
      const field = await lock(tx, id);
      if (field.version !== wish.version) {
        throw conflict('stale', 'Somebody changed this field meanwhile. Look again.', 'version');
      }
      const before = await settingsRow(tx, 'ticket_field', id);
      const terms = merged(field, wish);
      await refuseLostChoices(tx, field, terms.choices);
      await tx.query(
        `update ticket_field set name = $2, choices = $3, required_to_solve = $4, position = $5, version = version + 1,
           retired_at = case when $6 then coalesce(retired_at, clock_timestamp()) end where id = $1`,
        [
          id,
          JSON.stringify(terms.name),
          JSON.stringify(terms.choices),
          terms.requiredToSolve,
          terms.position,
          wish.isRetired ?? field.isRetired,
        ],
      );
      await setQueues(tx, id, terms.queueIds);
      const changes = diffOf(before, await settingsRow(tx, 'ticket_field', id));
      await this.done(tx, actor, { action: 'ticket_field.changed', subject: id, details: { changes } });
    });
    return this.get(id);
  }

  /** One that has values anywhere is retired instead: what was once noted stays readable. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { key } = await lock(tx, id);
      if ((await tx.query('select 1 from ticket where fields ? $1 limit 1', [key])).length > 0) {
        throw conflict(
          'in_use',
          'Tickets have values in this field. Retire it: it takes no new ones, and theirs stay readable.',
        );
      }
      await tx.query('delete from ticket_field where id = $1', [id]);
      await this.done(tx, actor, { action: 'ticket_field.removed', subject: id });
    });
  }

  private async done(tx: Transaction, actor: Actor, act: Omit<Act, 'actorId'>): Promise<void> {
    this.bus.emitAfterCommit(tx, 'team.changed', {});
    await recordAct(tx, { actorId: actor.id, ...act });
  }

  private async get(id: string): Promise<TicketFieldView> {
    const [row] = await this.database.query<TicketFieldView & Record<string, unknown>>(`${view} where f.id = $1`, [id]);
    if (!row) {
      throw notFound('This field');
    }
    return row;
  }
}

async function lock(tx: Transaction, id: string): Promise<TicketFieldView> {
  const [row] = await tx.query<TicketFieldView & Record<string, unknown>>(`${view} where f.id = $1 for update of f`, [
    id,
  ]);
  if (!row) {
    throw notFound('This field');
  }
  return row;
}

function merged(field: TicketFieldView, wish: ChangeFieldDto): Terms {
  return {
    name: wish.name === undefined ? field.name : checkWords(wish.name, 'name'),
    choices: wish.choices === undefined ? field.choices : checkChoices(field.kind, wish.choices),
    queueIds: wish.queueIds === undefined ? field.queueIds : wish.queueIds,
    requiredToSolve: wish.requiredToSolve ?? field.requiredToSolve,
    position: wish.position ?? field.position,
  };
}

/** A choice that a ticket has can be retired and not taken away: nobody could read what it means. */
async function refuseLostChoices(
  tx: Transaction,
  field: TicketFieldView,
  choices: readonly FieldChoiceView[],
): Promise<void> {
  const lost = field.choices.map(({ value }) => value).filter((value) => !choices.some((one) => one.value === value));
  for (const value of lost) {
    const used = await tx.query(
      `select 1 from ticket where fields -> $1 = to_jsonb($2::text) or (jsonb_typeof(fields -> $1) = 'array' and fields -> $1 ? $2) limit 1`,
      [field.key, value],
    );
    if (used.length > 0) {
      throw conflict(
        'choice_in_use',
        `Tickets have “${value}”. Retire this choice instead of taking it away.`,
        'choices',
      );
    }
  }
}

async function setQueues(tx: Transaction, id: string, queueIds: string[] | null): Promise<void> {
  const wanted = [...new Set(queueIds ?? [])];
  const known = await tx.query('select 1 from queue where id = any ($1::uuid[]) and retired_at is null', [wanted]);
  if (known.length < wanted.length) {
    throw invalid('queueIds', 'There is no such queue.');
  }
  await tx.query('update ticket_field set everywhere = $2 where id = $1', [id, queueIds === null]);
  await tx.query('delete from ticket_field_queue where field_id = $1', [id]);
  await tx.query('insert into ticket_field_queue (field_id, queue_id) select $1, unnest($2::uuid[])', [id, wanted]);
}

async function refuseTooMany(tx: Transaction): Promise<void> {
  const [row] = await tx.query<{ count: number }>('select count(*)::int as count from ticket_field');
  if ((row?.count ?? 0) >= mostFields) {
    throw conflict('too_many_fields', `There are ${String(mostFields)} fields already. Remove one that nobody uses.`);
  }
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('key_taken', 'There is a field of this key.', 'key');
  }
  throw error;
}
