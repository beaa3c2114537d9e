import { Injectable } from '@nestjs/common';
import type { VisitorConsentView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { CustomerReader } from '../../desk/customers/customer-reader.service.js';
import { PersonWork } from '../../desk/person-work.service.js';
import { notFound } from '../../platform/errors/api-error.js';

const iso = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What visitors agreed to before their chats, in the words that they saw. */
@Injectable()
export class VisitorConsents {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
  ) {}

  listOf(conversations: string[]): Promise<VisitorConsentView[]> {
    return this.database.query<VisitorConsentView & Record<string, unknown>>(
      `select v.id, v.channel_id as "channelId", v.version, v.words, ${iso('v.given_at')} as "givenAt", ${iso('v.withdrawn_at')} as "withdrawnAt"
       from visitor_consent v join identity i on i.id = v.identity_id join conversation c on c.customer_id = i.customer_id
       where c.id = any ($1::uuid[]) order by v.given_at desc`,
      [conversations],
    );
  }

  /** Again changes nothing: the first time counts. */
  async withdraw(actor: Actor, customerId: string, id: string): Promise<void> {
    const conversation = await this.reader.conversationOf(customerId);
    await this.people.run(actor, conversation, async (tx, person) => {
      const [row] = await tx.query(
        `update visitor_consent v set withdrawn_at = coalesce(v.withdrawn_at, clock_timestamp())
         from identity i join conversation c on c.customer_id = i.customer_id
         where v.id = $1 and i.id = v.identity_id and c.id = any ($2::uuid[]) returning v.id`,
        [id, person.parts.map((part) => part.id)],
      );
      if (!row) {
        throw notFound('This consent');
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'customer.consent_withdrawn',
        subject: person.customerId,
        details: { consent: id },
      });
    });
  }
}
