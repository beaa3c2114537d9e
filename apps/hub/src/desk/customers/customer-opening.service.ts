import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, storableText } from '#channels';
import { oversees, type Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, forbidden } from '../../platform/errors/api-error.js';
import { addPeople } from '../../outreach/people/find-people.query.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { TicketService } from '../tickets/ticket.service.js';
import { CustomerIdentities } from './customer-identities.service.js';
import { CustomerService, type FoundCustomer } from './customer.service.js';
import type { NewCustomerDto } from './customers.dto.js';
import { knownAddress } from './customers.query.js';

interface Claim {
  kind: 'email' | 'phone';
  address: string;
}

/** Customers whom an agent writes to first: somebody with what is claimed of their addresses, and a ticket to write under. */
@Injectable()
export class CustomerOpening {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerService,
    private readonly identities: CustomerIdentities,
    private readonly tickets: TicketService,
    private readonly live: LiveFeed,
  ) {}

  /** Throws forbidden for a queue of others: its new customer would be out of the agent's sight at once. */
  async open(actor: Actor, wish: NewCustomerDto): Promise<FoundCustomer & { ticket: string }> {
    const claims = this.claimsOf(wish);
    const customer = uuid();
    const conversation = uuid();
    const ticket = await this.database.transaction(async (tx) => {
      await checkServes(tx, actor, wish.queueId);
      await lockAddresses(tx, claims);
      await refuseKnown(tx, claims, wish.evenIfKnown);
      const name = storableText(wish.name.trim());
      await tx.query(addPeople, [
        JSON.stringify([{ id: customer, conversation, name, name_key: matchKey(name), locale: wish.locale ?? 'en' }]),
      ]);
      await addClaims(tx, customer, claims);
      const opened = await this.tickets.openIn(tx, actor, conversation, wish);
      await recordAct(tx, { actorId: actor.id, action: 'customer.added', subject: customer, details: {} });
      this.live.movedBy(tx, [{ id: conversation, rev: 0 }]);
      return opened;
    });
    return { ...(await this.customers.get(actor, customer)), ticket };
  }

  private claimsOf({ email, phone }: NewCustomerDto): Claim[] {
    return [
      ...(email === undefined ? [] : [{ kind: 'email' as const, address: this.identities.normalise('email', email) }]),
      ...(phone === undefined ? [] : [{ kind: 'phone' as const, address: this.identities.normalise('phone', phone) }]),
    ];
  }
}

async function checkServes(tx: Transaction, actor: Actor, queueId: string): Promise<void> {
  const serves = await tx.query('select 1 from queue_member where agent_id = $1 and queue_id = $2', [
    actor.id,
    queueId,
  ]);
  if (serves.length === 0 && !oversees(actor)) {
    throw forbidden('Choose a queue that you serve.');
  }
}

/** Two agents who take down the same caller at once come one after the other. */
async function lockAddresses(tx: Transaction, claims: readonly Claim[]): Promise<void> {
  for (const address of claims.map((claim) => claim.address).toSorted()) {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('new customer ' || $1, 0))`, [address]);
  }
}

async function refuseKnown(tx: Transaction, claims: readonly Claim[], evenIfKnown: boolean): Promise<void> {
  if (evenIfKnown || claims.length === 0) {
    return;
  }
  const [known] = await tx.query<{ kind: Claim['kind'] }>(knownAddress, [
    claims.map(({ kind }) => kind),
    claims.map(({ address }) => address),
  ]);
  if (known) {
    throw conflict('customer_known', 'A customer with this address is known already.', known.kind);
  }
}

async function addClaims(tx: Transaction, customer: string, claims: readonly Claim[]): Promise<void> {
  for (const { kind, address } of claims) {
    await tx.query(
      `insert into identity_claim (id, customer_id, kind, address, source) values ($1, $2, $3, $4, 'typed')`,
      [uuid(), customer, kind, address],
    );
  }
}
