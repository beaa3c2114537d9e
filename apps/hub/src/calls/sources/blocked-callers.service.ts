import { Injectable } from '@nestjs/common';
import type { Address } from '#channels';
import { Database } from '../../database/database.js';

/** Whether the organisation wants to hear a caller, asked while their telephone rings. */
@Injectable()
export class BlockedCallers {
  constructor(private readonly database: Database) {}

  async isBlocked({ kind, address }: Address): Promise<boolean> {
    const rows = await this.database.query(
      {
        name: 'caller-blocked',
        withinMs: 1_000,
        text: `
select 1 from identity i join customer c on c.id = i.customer_id
where i.kind = $1 and i.address = $2 and i.retired_at is null and exists (
  select 1 from customer k where (k.id = coalesce(c.merged_into, c.id) or k.merged_into = coalesce(c.merged_into, c.id)) and k.blocked_at is not null)
limit 1`,
      },
      [kind, address],
    );
    return rows.length > 0;
  }
}
