import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { normaliseEmail, normalisePhone } from '#channels';
import { HubConfig } from '#config';
import type { CustomerView } from '#contract';
import type { ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import type { Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { PersonWork } from '../person-work.service.js';
import { CustomerReader } from './customer-reader.service.js';
import type { NewIdentityDto } from './customers.dto.js';
import { everybodyOf } from './customers.query.js';

interface ClaimRow {
  id: string;
  customer_id: string;
  kind: string;
  address: string;
}

/** PostgreSQL's code for what an exclusion constraint refuses. */
const exclusionViolation = '23P01';

/** What agents say about addresses: typed by hand, confirmed, dismissed, shared by several people. */
@Injectable()
export class CustomerIdentities {
  constructor(
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
    private readonly config: HubConfig,
  ) {}

  /**
   * An address somebody typed is only claimed: it can be written to, and whoever writes from it is somebody of their own until an
   * agent says otherwise. Typing one again that was dismissed opens it anew.
   */
  async claim(actor: Actor, customerId: string, { kind, address }: NewIdentityDto): Promise<CustomerView> {
    const normal = this.normalise(kind, address);
    return this.work(actor, customerId, async (tx, person) => {
      const own = await tx.query(
        `select 1 from identity where customer_id in ${everybodyOf} and kind = $2 and address = $3 and retired_at is null`,
        [person.customerId, kind, normal],
      );
      if (own.length > 0) {
        throw conflict('already_theirs', 'This is an address of this customer already.', 'address');
      }
      const id = uuid();
      await tx.query(
        `insert into identity_claim (id, customer_id, kind, address, source) values ($1, $2, $3, $4, 'typed')
         on conflict (customer_id, kind, address) do update
         set state = 'open', source = 'typed', claimed_at = now(), decided_at = null, decided_by = null, identity_id = null
         where identity_claim.state <> 'open'`,
        [id, person.customerId, kind, normal],
      );
      await recordAct(tx, { actorId: actor.id, action: 'claim.typed', subject: person.customerId, details: { kind } });
    });
  }

  /** "This is really theirs": from now on whoever writes from the address is this customer. */
  async confirm(actor: Actor, customerId: string, claimId: string): Promise<CustomerView> {
    return this.work(actor, customerId, async (tx, person) => {
      const claim = await getClaim(tx, person, claimId);
      const [owner] = await tx.query<{ shared: boolean }>(
        'select shared from identity where kind = $1 and address = $2 and retired_at is null limit 1',
        [claim.kind, claim.address],
      );
      if (owner?.shared === false) {
        throw taken();
      }
      const [made] = await tx.query<{ id: string }>(
        `insert into identity (id, customer_id, kind, address, trust, shared) values ($1, $2, $3, $4, 'unauthenticated', $5)
         on conflict do nothing returning id`,
        [uuid(), claim.customer_id, claim.kind, claim.address, owner?.shared ?? false],
      );
      if (!made) {
        throw taken();
      }
      await decide(tx, claim, { state: 'accepted', by: actor.id, identity: made.id });
      await recordAct(tx, {
        actorId: actor.id,
        action: 'claim.confirmed',
        subject: claim.customer_id,
        details: { claim: claim.id, identity: made.id },
      });
    });
  }

  async dismiss(actor: Actor, customerId: string, claimId: string): Promise<CustomerView> {
    return this.work(actor, customerId, async (tx, person) => {
      const claim = await getClaim(tx, person, claimId);
      await decide(tx, claim, { state: 'dismissed', by: actor.id, identity: null });
      await recordAct(tx, {
        actorId: actor.id,
        action: 'claim.dismissed',
        subject: claim.customer_id,
        details: { claim: claim.id },
      });
    });
  }

  /** An address is shared for all its owners or for none, so one that has several owners stays shared. */
  async share(actor: Actor, customerId: string, identityId: string, shared: boolean): Promise<CustomerView> {
    const done = this.work(actor, customerId, async (tx, person) => {
      const [identity] = await tx.query<{ owners: number }>(
        `select (select count(*)::int from identity o where o.kind = i.kind and o.address = i.address and o.retired_at is null) as owners
         from identity i where i.id = $2 and i.customer_id in ${everybodyOf} and i.retired_at is null`,
        [person.customerId, identityId],
      );
      if (!identity) {
        throw notFound('This address');
      }
      if (!shared && identity.owners > 1) {
        throw severalOwners();
      }
      const changed = await tx.query('update identity set shared = $2 where id = $1 and shared <> $2 returning id', [
        identityId,
        shared,
      ]);
      if (changed.length > 0) {
        await recordAct(tx, {
          actorId: actor.id,
          action: shared ? 'identity.shared' : 'identity.unshared',
          subject: identityId,
        });
      }
    });
    // Another owner came while this was decided: the database holds that all of them share it or none.
    return done.catch((error: unknown) => {
      throw (error as { code?: unknown }).code === exclusionViolation ? severalOwners() : error;
    });
  }

  /**
   * The address is no longer theirs: a number that was given to somebody else. Whoever writes from it from now on is somebody of their
   * own and sees nothing of what passed before; what is on its way in is planned anew.
   */
  async retire(actor: Actor, customerId: string, identityId: string): Promise<CustomerView> {
    return this.work(actor, customerId, async (tx, person) => {
      const [identity] = await tx.query<{ customer_id: string; kind: string }>(
        `update identity set retired_at = clock_timestamp()
         where id = $2 and customer_id in ${everybodyOf} and retired_at is null and kind <> 'web' returning customer_id, kind`,
        [person.customerId, identityId],
      );
      if (!identity) {
        throw notFound('This address');
      }
      await tx.query('update conversation set rev = rev + 1 where customer_id = $1', [identity.customer_id]);
      await recordAct(tx, {
        actorId: actor.id,
        action: 'identity.retired',
        subject: identity.customer_id,
        details: { identity: identityId, kind: identity.kind },
      });
    });
  }

  private async work(
    actor: Actor,
    customerId: string,
    work: (tx: Transaction, person: ReadablePerson) => Promise<void>,
  ): Promise<CustomerView> {
    const conversation = await this.people.run(
      actor,
      await this.reader.conversationOf(customerId),
      async (tx, person) => {
        await work(tx, person);
        return person.conversationId;
      },
    );
    return this.reader.tell(actor, conversation);
  }

  /** As it is kept. Throws `invalid` for what is no address. */
  normalise(kind: 'email' | 'phone', address: string): string {
    const phone = kind === 'phone' ? normalisePhone(address, this.config.defaultCountry) : null;
    const normal = kind === 'email' ? normaliseEmail(address) : phone?.kind === 'phone' ? phone.e164 : null;
    if (normal === null) {
      throw invalid('address', kind === 'email' ? 'This is not a mail address.' : 'This is not a phone number.');
    }
    return normal;
  }
}

function severalOwners(): Error {
  return conflict('several_owners', 'Several customers have this address. Merge them first.', 'shared');
}

function taken(): Error {
  return conflict('address_taken', 'This address belongs to another customer. Merge the two if they are one person.');
}

async function getClaim(tx: Transaction, person: ReadablePerson, claimId: string): Promise<ClaimRow> {
  const [claim] = await tx.query<ClaimRow & Record<string, unknown>>(
    `select id, customer_id, kind, address from identity_claim
     where id = $2 and customer_id in ${everybodyOf} and state = 'open' for update`,
    [person.customerId, claimId],
  );
  if (!claim) {
    throw notFound('This claim');
  }
  return claim;
}

/** The claim's own row is the record of what became of it. */
async function decide(
  tx: Transaction,
  claim: ClaimRow,
  { state, by, identity }: { state: 'accepted' | 'dismissed'; by: string; identity: string | null },
): Promise<void> {
  await tx.query(
    'update identity_claim set state = $2, decided_at = clock_timestamp(), decided_by = $3, identity_id = $4 where id = $1',
    [claim.id, state, by, identity],
  );
}
