import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../database/database.js';

interface GivenConsent {
  channelId: string;
  visitorId: string;
  /** As the visitor saw them. */
  words: string;
}

/** Writes down what visitors agree to before their chats. */
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
}

/** Other words are another version, whoever changed them and however little. */
function versionOf(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 12);
}
