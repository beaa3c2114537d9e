import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import type { CustomerLinkView } from '#contract';
import type { ReadablePerson } from '../../../auth/access.js';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database } from '../../../database/database.js';
import { conflict, notFound } from '../../../platform/errors/api-error.js';
import { SecretKeys } from '../../../platform/secret-keys.js';
import { CustomerReader } from '../customer-reader.service.js';
import type { NewLinkDto } from '../customers.dto.js';
import { everybodyOf } from '../customers.query.js';
import { withheldMessage } from './own-page.query.js';

const purpose = 'customer links';
const idBytes = 16;
const macBytes = 32;

interface LinkedIdentity {
  trust: string;
  shared: boolean;
}

interface LinkRow {
  id: string;
  identity_id: string;
  address: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  last_used_at: Date | null;
  deletion_asked_at: Date | null;
}

const columns =
  'l.id, l.identity_id, i.address, l.created_at, l.expires_at, l.revoked_at, l.last_used_at, l.deletion_asked_at';

/**
 * Links by which customers see their own page. A token is the link's id and an HMAC over it: the database alone, or a copy of it, opens
 * nothing, and a row can be revoked. Only an address that a channel vouches for and that one person has gets one.
 */
@Injectable()
export class CustomerLinks {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly keys: SecretKeys,
    private readonly config: HubConfig,
  ) {}

  async make(actor: Actor, customerId: string, { identityId, hours }: NewLinkDto): Promise<CustomerLinkView> {
    const person = await this.reader.getReadable(actor, customerId);
    const identity = await this.getOwn(person, identityId);
    await this.refuseWithheld(person, identityId, identity);
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<LinkRow & Record<string, unknown>>(
        `with l as (
           insert into customer_link (id, identity_id, created_by, expires_at, members)
           select $1, $2, $3, clock_timestamp() + make_interval(hours => $4), array(select k.id from customer k where k.id = $5 or k.merged_into = $5)
           returning *)
         select ${columns} from l join identity i on i.id = l.identity_id`,
        [uuid(), identityId, actor.id, hours, person.customerId],
      );
      const link = row as LinkRow;
      await recordAct(tx, {
        actorId: actor.id,
        action: 'customer.link_made',
        subject: person.customerId,
        details: { link: link.id, identity: identityId, hours },
      });
      return present(link, `${this.config.publicUrl ?? ''}/my/${this.tokenOf(link.id)}`);
    });
  }

  async list(actor: Actor, customerId: string): Promise<CustomerLinkView[]> {
    const person = await this.reader.getReadable(actor, customerId);
    const rows = await this.database.query<LinkRow & Record<string, unknown>>(
      `select ${columns} from customer_link l join identity i on i.id = l.identity_id
       where i.customer_id in ${everybodyOf} order by l.created_at desc, l.id limit 100`,
      [person.customerId],
    );
    return rows.map((row) => present(row, null));
  }

  async revoke(actor: Actor, customerId: string, linkId: string): Promise<void> {
    const person = await this.reader.getReadable(actor, customerId);
    await this.database.transaction(async (tx) => {
      const rows = await tx.query<{ fresh: boolean }>(
        `update customer_link l set revoked_at = coalesce(revoked_at, clock_timestamp())
         from identity i where l.id = $2 and i.id = l.identity_id and i.customer_id in ${everybodyOf} returning l.id`,
        [person.customerId, linkId],
      );
      if (rows.length === 0) {
        throw notFound('This link');
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'customer.link_revoked',
        subject: person.customerId,
        details: { link: linkId },
      });
    });
  }

  /** Throws notFound for an address that is not the person's, and a conflict for one that nobody vouches for. */
  private async getOwn(person: ReadablePerson, identityId: string): Promise<LinkedIdentity> {
    const [identity] = await this.database.query<LinkedIdentity & Record<string, unknown>>(
      `select trust, shared from identity where id = $2 and retired_at is null and customer_id in ${everybodyOf}`,
      [person.customerId, identityId],
    );
    if (!identity) {
      throw notFound('This address');
    }
    if (identity.shared || identity.trust === 'unauthenticated') {
      throw conflict(
        identity.shared ? 'shared_address' : 'unverified_address',
        'Nobody vouches for who reads at this address, so it opens no history.',
        'identityId',
      );
    }
    return identity;
  }

  /** Whoever makes a link can follow it. What comes to be withheld from them later, the page leaves out. */
  private async refuseWithheld(person: ReadablePerson, identityId: string, { trust }: LinkedIdentity): Promise<void> {
    const members = await this.database.query<{ id: string }>(
      'select k.id from customer k where k.id = $1 or k.merged_into = $1',
      [person.customerId],
    );
    const [withheld] = await this.database.query(withheldMessage, [
      members.map(({ id }) => id),
      identityId,
      trust === 'proven',
      person.serves === 'all' ? null : person.serves,
    ]);
    if (withheld) {
      throw conflict(
        'withheld',
        'This page would show messages of a restricted queue that you do not serve. A supervisor can make the link.',
        'identityId',
      );
    }
  }

  /** The link that a token proves, or null when it is not one that we signed. Whether the link still works is in its row. */
  linkOf(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== idBytes + macBytes || bytes.toString('base64url') !== token) {
      return null;
    }
    const id = bytes.subarray(0, idBytes);
    const isOurs = this.keys.deriveAll(purpose).some((key) => timingSafeEqual(mac(key, id), bytes.subarray(idBytes)));
    return isOurs ? id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null;
  }

  private tokenOf(linkId: string): string {
    const id = Buffer.from(linkId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, mac(this.keys.derive(purpose), id)]).toString('base64url');
  }
}

function mac(key: Buffer, id: Uint8Array): Buffer {
  return createHmac('sha256', key).update(id).digest();
}

function present(row: LinkRow, url: string | null): CustomerLinkView {
  return {
    id: row.id,
    identityId: row.identity_id,
    address: row.address,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    deletionAskedAt: row.deletion_asked_at?.toISOString() ?? null,
    url,
  };
}
