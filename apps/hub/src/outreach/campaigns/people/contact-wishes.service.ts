import { Injectable } from '@nestjs/common';
import type { ContactWishesView } from '#contract';
import { GuardedAccess } from '../../../auth/access.js';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database, type Transaction } from '../../../database/database.js';
import { notFound } from '../../../platform/errors/api-error.js';
import type { ContactWishesDto } from '../settings/outreach.dto.js';

const group = `(select g.id from customer g where coalesce(g.merged_into, g.id) = $1)`;

/** Parameter: the root. Of a merged person the latest word counts. */
const wishes = `
select (select w.kind from channel_wish w where w.customer_id in ${group} order by w.at desc limit 1) as "preferredKind",
       coalesce((select jsonb_agg(jsonb_build_object('purpose', s.purpose, 'state', s.state, 'source', s.source,
                   'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.purpose)
                 from (select distinct on (purpose) * from customer_consent where customer_id in ${group} order by purpose, at desc) s), '[]') as consents`;

/**
 * The same word again changes nothing, unless a later one of somebody they were merged with says otherwise: then it must be the latest.
 * Parameters: the root, purpose, state, source, by whom, the outreach that it answers.
 */
const keepConsent = `
insert into customer_consent as s (customer_id, purpose, state, source, by, outreach_id) values ($1, $2, $3, $4, $5, $6)
on conflict (customer_id, purpose) do update
set state = excluded.state, source = excluded.source, by = excluded.by, outreach_id = excluded.outreach_id, at = clock_timestamp()
where s.state <> excluded.state or exists (
  select 1 from customer_consent other
  where other.customer_id in ${group} and other.purpose = s.purpose and other.state <> s.state and other.at > s.at)
returning customer_id`;

const keepWish = `
insert into channel_wish (customer_id, kind, by) values ($1, $2, $3)
on conflict (customer_id) do update set kind = excluded.kind, by = excluded.by, at = clock_timestamp()`;

const dropWish = `delete from channel_wish where customer_id in ${group}`;

/** What people want to hear and by which channel: as agents note it down, and as they say it themselves. */
@Injectable()
export class ContactWishes {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
  ) {}

  async read(actor: Actor, conversationId: string): Promise<ContactWishesView> {
    const { customerId } = await this.access.getPerson(actor, conversationId);
    const [row] = await this.database.query<ContactWishesView & Record<string, unknown>>(wishes, [customerId]);
    if (!row) {
      throw notFound('This conversation');
    }
    return row;
  }

  async change(actor: Actor, conversationId: string, wish: ContactWishesDto): Promise<ContactWishesView> {
    await this.database.transaction(async (tx) => {
      const { customerId } = await this.access.getPerson(actor, conversationId, tx);
      for (const { purpose, state } of wish.consents ?? []) {
        await tx.query(keepConsent, [customerId, purpose, state, 'agent', actor.id, null]);
      }
      if (wish.preferredKind !== undefined) {
        await (wish.preferredKind === null
          ? tx.query(dropWish, [customerId])
          : tx.query(keepWish, [customerId, wish.preferredKind, actor.id]));
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'customer.wishes_changed',
        subject: customerId,
        details: {
          consents: wish.consents ?? [],
          ...(wish.preferredKind !== undefined && { kind: wish.preferredKind }),
        },
      });
    });
    return this.read(actor, conversationId);
  }

  /** The person's own word, which nobody of us wrote down. @returns whether it is new. */
  async withdraw(tx: Transaction, customerId: string, purpose: string, outreachId: string): Promise<boolean> {
    const kept = await tx.query(keepConsent, [customerId, purpose, 'withdrawn', 'customer', null, outreachId]);
    return kept.length > 0;
  }
}
