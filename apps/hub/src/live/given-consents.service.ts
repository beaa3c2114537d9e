import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { recordAct } from '../auth/record-act.js';
import { Database } from '../database/database.js';
import { lockPeople } from '../database/lock-people.js';

interface GivenConsent {
  channelId: string;
  visitorId: string;
  /** As the visitor saw them. */
  words: string;
}

/** The root of the person who has an identity. Parameter: the identity. */
const rootOf =
  'select coalesce(k.merged_into, k.id) as id from identity i join customer k on k.id = i.customer_id where i.id = $1';

/** Writes down what visitors agree to before their chats, and that they take it back. */
@Injectable()
export class GivenConsents {
  constructor(private readonly database: Database) {}

  /** Said again while it stands, it is one. */
  async keep({ channelId, visitorId, words }: GivenConsent): Promise<void> {
    await this.database.query(
      `insert into visitor_consent (id, channel_id, identity_id, version, words)
       select $1, $2, i.id, $4, $5 from identity i
       where i.kind = 'web' and i.address = $3 and i.retired_at is null
         and not exists (select 1 from visitor_consent v where v.identity_id = i.id and v.channel_id = $2 and v.version = $4 and v.withdrawn_at is null)`,
      [uuid(), channelId, visitorId, versionOf(words), words],
    );
  }

  /** Said again, it changes nothing. */
  async withdraw(channelId: string, identityId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(lockPeople(`= (${rootOf})`), [identityId]);
      const gone = await tx.query<{ id: string }>(
        `update visitor_consent set withdrawn_at = clock_timestamp()
         where identity_id = $1 and channel_id = $2 and withdrawn_at is null returning id`,
        [identityId, channelId],
      );
      if (gone.length > 0) {
        const details = { consents: gone.map(({ id }) => id), by: 'visitor' };
        const [root] = await tx.query<{ id: string }>(rootOf, [identityId]);
        const subject = root?.id ?? identityId;
        await recordAct(tx, { actorId: null, action: 'customer.consent_withdrawn', subject, details });
      }
    });
  }
}

/** Other words are another version, whoever changed them and however little. */
function versionOf(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 12);
}
