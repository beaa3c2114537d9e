import { Injectable } from '@nestjs/common';
import { matchKey, type SiteUser } from '#channels';
import { hubItself } from '../../auth/hub-itself.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { CustomerReader } from './customer-reader.service.js';
import { IdentityProof } from './identity-proof.service.js';

/** What came to be known of a visitor; see `visitor.identified`. */
interface Identified {
  visitorId: string;
  former: string | null;
  user: SiteUser;
}

/**
 * Makes of a site's word what it is worth here: addresses that the site has checked are proven, and the visitor that a browser was
 * before is the same person. It is said again with every page that the user loads, so what fails here is done the next time.
 */
@Injectable()
export class SiteProofs {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly proof: IdentityProof,
    bus: EventBus,
  ) {
    bus.on('visitor.identified', (identified) => this.settle(identified));
  }

  /** Nothing is known of visitors who never wrote; with their first message they are here again. */
  private async settle({ visitorId, former, user }: Identified): Promise<void> {
    const before = former === null ? null : await this.customerOf(former);
    if (before !== null) {
      await this.proof.prove(before, { kind: 'web', address: visitorId, trust: 'proven' });
    }
    const customer = await this.customerOf(visitorId);
    if (customer === null) {
      return;
    }
    for (const address of user.proven) {
      await this.proof.prove(customer, { ...address, trust: 'proven' });
    }
    await this.name(customer, user.name);
  }

  private async customerOf(visitorId: string): Promise<string | null> {
    const [row] = await this.database.query<{ customer_id: string }>(
      `select customer_id from identity where kind = 'web' and address = $1 and retired_at is null`,
      [visitorId],
    );
    return row?.customer_id ?? null;
  }

  /** A name that agents gave, or that came another way, stays. */
  private async name(customer: string, name: string): Promise<void> {
    if (name === '') {
      return;
    }
    const named = await this.database.query(
      `update customer set name = $2, name_key = $3
       where id = (select coalesce(merged_into, id) from customer where id = $1) and name = '' returning id`,
      [customer, name, matchKey(name)],
    );
    if (named.length > 0) {
      await this.reader.tell(hubItself, await this.reader.conversationOf(customer));
    }
  }
}
