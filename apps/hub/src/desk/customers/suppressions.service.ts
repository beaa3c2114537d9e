import { Injectable } from '@nestjs/common';
import type { CustomerView, Page, SuppressionView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { notFound } from '../../platform/errors/api-error.js';
import { fromCursor, toCursor } from '../cursor.js';
import { PersonWork } from '../person-work.service.js';
import { CustomerReader } from './customer-reader.service.js';

interface SuppressionRow extends Omit<SuppressionView, 'since'> {
  since: Date;
  cursor_at: string;
}

/** Addresses that nothing is sent to any more, because their server or their owner said so. */
@Injectable()
export class Suppressions {
  constructor(
    private readonly database: Database,
    private readonly people: PersonWork,
    private readonly reader: CustomerReader,
    private readonly bus: EventBus,
  ) {}

  /** Those in force, newest first. */
  async list(before: string | undefined, limit: number): Promise<Page<SuppressionView>> {
    const place = fromCursor(before);
    const rows = await this.database.query<SuppressionRow>(
      `select id, kind, address, reason, said, since, since::text as cursor_at from suppressed_address
       where lifted_at is null and (since, id) < ($1::timestamptz, $2::uuid) order by since desc, id desc limit $3`,
      [place.at, place.id, limit],
    );
    const last = rows.at(-1);
    return {
      rows: rows.map(({ id, kind, address, reason, said, since }) => ({
        id,
        kind,
        address,
        reason,
        said,
        since: since.toISOString(),
      })),
      next: last && rows.length === limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  /** Throws notFound for one that is lifted. Whose the address is does not matter: nobody may have it any more. */
  async liftAny(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ kind: string; address: string }>(
        `update suppressed_address set lifted_at = clock_timestamp(), lifted_by = $2 where id = $1 and lifted_at is null
         returning kind, address`,
        [id, actor.id],
      );
      if (!row) {
        throw notFound('This block');
      }
      this.bus.emitAfterCommit(tx, 'address.changed', row);
      await recordAct(tx, { actorId: actor.id, action: 'suppression.lifted', subject: id });
    });
  }

  /** What an agent does who knows better: from now on messages leave for the address again. Throws notFound where none is held back. */
  async lift(actor: Actor, customerId: string, identityId: string): Promise<CustomerView> {
    const conversation = await this.reader.conversationOf(customerId);
    const root = await this.people.run(actor, conversation, async (tx, person) => {
      const [row] = await tx.query<{ kind: string; address: string }>(
        `update suppressed_address s set lifted_at = clock_timestamp(), lifted_by = $3
         from identity i
         where i.id = $1 and i.customer_id in (select c.customer_id from conversation c where c.id = any ($2::uuid[]))
           and s.kind = i.kind and s.address = i.address and s.lifted_at is null
         returning s.kind, s.address`,
        [identityId, person.parts.map(({ id }) => id), actor.id],
      );
      if (!row) {
        throw notFound('This block');
      }
      this.bus.emitAfterCommit(tx, 'address.changed', row);
      await recordAct(tx, { actorId: actor.id, action: 'suppression.lifted', subject: identityId });
      return person.conversationId;
    });
    return this.reader.tell(actor, root);
  }
}
