import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { TicketStateNameView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct } from '../../auth/record-act.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { wholeName } from '../whole-name.js';
import type { ChangeStateNameDto, NewStateNameDto } from './ticket-states.dto.js';

const most = 100;

const view = `
select n.id, n.state, n.name, n.position, n.retired_at is not null as retired,
       (select count(*)::int from ticket t where t.state_name_id = n.id and t.state = n.state and t.state <> 'closed') as tickets
from ticket_state_name n`;

/** An organisation's own names of states. A name belongs to its state for good; one that is not wanted any more is retired. */
@Injectable()
export class TicketStateNames {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  list(): Promise<TicketStateNameView[]> {
    return this.database.query<TicketStateNameView & Record<string, unknown>>(
      `${view} order by array_position(array['open', 'pending', 'on_hold', 'solved'], n.state), n.position, n.id`,
    );
  }

  async create(actor: Actor, { state, name, position }: NewStateNameDto): Promise<TicketStateNameView> {
    const id = uuid();
    const texts = wholeName(name);
    await this.database.transaction(async (tx) => {
      const [count] = await tx.query<{ all: number }>('select count(*)::int as all from ticket_state_name');
      if ((count?.all ?? 0) >= most) {
        throw conflict('too_many', `There can be ${String(most)} names of states.`);
      }
      await tx.query('insert into ticket_state_name (id, state, name, position) values ($1, $2, $3, $4)', [
        id,
        state,
        JSON.stringify(texts),
        position,
      ]);
      this.bus.emitAfterCommit(tx, 'team.changed', {});
      await recordAct(tx, { actorId: actor.id, action: 'state_name.created', subject: id, details: { state } });
    });
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeStateNameDto): Promise<TicketStateNameView> {
    const texts = change.name === undefined ? null : wholeName(change.name);
    await this.database.transaction(async (tx) => {
      const before = await settingsRow(tx, 'ticket_state_name', id);
      const rows = await tx.query(
        `update ticket_state_name
         set name = coalesce($2::jsonb, name), position = coalesce($3, position),
             retired_at = case when $4::boolean is null then retired_at when $4 then coalesce(retired_at, clock_timestamp()) end
         where id = $1 returning id`,
        [id, texts && JSON.stringify(texts), change.position ?? null, change.retired ?? null],
      );
      if (rows.length === 0) {
        throw notFound('This name');
      }
      this.bus.emitAfterCommit(tx, 'team.changed', {});
      const changes = diffOf(before, await settingsRow(tx, 'ticket_state_name', id));
      const details = { fields: Object.keys(change), changes };
      await recordAct(tx, { actorId: actor.id, action: 'state_name.changed', subject: id, details });
    });
    return this.get(id);
  }

  private async get(id: string): Promise<TicketStateNameView> {
    const [row] = await this.database.query<TicketStateNameView & Record<string, unknown>>(`${view} where n.id = $1`, [
      id,
    ]);
    if (!row) {
      throw notFound('This name');
    }
    return row;
  }
}
