import { Injectable } from '@nestjs/common';
import { normaliseEmail, readUnsubscribe, signUnsubscribe, type Sql, type Unsubscription } from '#channels';
import { HubConfig } from '#config';
import { recordAct } from '../auth/record-act.js';
import { Database } from '../database/database.js';
import { notFound } from '../platform/errors/api-error.js';
import { SecretKeys } from '../platform/secret-keys.js';

const purpose = 'unsubscribe';

/** Who asked for no more bulk mail of a kind. Whoever sends some asks here first, and puts the address from here into each mail. */
@Injectable()
export class Unsubscribes {
  constructor(
    private readonly database: Database,
    private readonly keys: SecretKeys,
    private readonly config: HubConfig,
  ) {}

  /** Where the reader of a mail leaves its list with one click; null while the hub has no public address. */
  urlFor(mail: Unsubscription): string | null {
    const { publicUrl } = this.config;
    return publicUrl === null ? null : `${publicUrl}/u/${signUnsubscribe(mail, this.keys.derive(purpose))}`;
  }

  /** What an address means. Throws notFound for one that is not ours. */
  read(token: string): Unsubscription {
    const read = this.keys.deriveAll(purpose).map((key) => readUnsubscribe(token, key));
    const found = read.find((one) => one !== null);
    if (!found) {
      throw notFound('This address');
    }
    return found;
  }

  /** Takes the address off its list, once. */
  async leave(token: string): Promise<void> {
    const { channelId, list, address } = this.read(token);
    await this.database.transaction(async (tx) => {
      const rows = await tx.query(
        `insert into mail_unsubscribe (list, address, channel_id) values ($1, $2, $3) on conflict do nothing returning list`,
        [list, address, channelId],
      );
      if (rows.length > 0) {
        await recordAct(tx, {
          actorId: null,
          action: 'mail.unsubscribed',
          subject: channelId,
          // The record of acts is never shortened, so the address stays out of it and can be erased from the list alone.
          details: { list },
        });
      }
    });
  }

  async hasLeft(sql: Sql, list: string, address: string): Promise<boolean> {
    const rows = await sql.query('select 1 from mail_unsubscribe where list = $1 and address = $2', [
      list,
      normaliseEmail(address) ?? address,
    ]);
    return rows.length > 0;
  }
}
