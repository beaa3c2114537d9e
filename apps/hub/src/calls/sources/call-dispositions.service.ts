import { Injectable } from '@nestjs/common';
import type { CallDispositionView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import type { CallDispositionDto } from './call-dispositions.dto.js';

/** What calls may have come to, in the organisation's own words and order. */
@Injectable()
export class CallDispositions {
  constructor(private readonly database: Database) {}

  list(): Promise<CallDispositionView[]> {
    return this.database.query<CallDispositionView & Record<string, unknown>>(
      `select key, names, retired_at is not null as "isRetired" from call_disposition order by retired_at is not null, position, key`,
    );
  }

  /** The list as it is from now on. One that is left out is retired: calls keep it, and nobody chooses it any more. */
  async set(actor: Actor, list: CallDispositionDto[]): Promise<CallDispositionView[]> {
    if (new Set(list.map(({ key }) => key)).size < list.length) {
      throw invalid('list', 'Each outcome needs a key of its own.', 'same_key');
    }
    await this.database.transaction(async (tx) => {
      await tx.query(
        'update call_disposition set retired_at = clock_timestamp() where retired_at is null and key <> all ($1::text[])',
        [list.map(({ key }) => key)],
      );
      await tx.query(
        `insert into call_disposition (key, names, position)
         select t.key, t.names, t.position from jsonb_to_recordset($1::jsonb) as t(key text, names jsonb, position int)
         on conflict (key) do update set names = excluded.names, position = excluded.position, retired_at = null`,
        [JSON.stringify(list.map(({ key, names }, position) => ({ key, names, position })))],
      );
      await recordAct(tx, { actorId: actor.id, action: 'call_dispositions.changed', subject: actor.id });
    });
    return this.list();
  }
}
