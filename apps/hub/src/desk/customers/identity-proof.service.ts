import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { decideLink, mergeCustomers, type IdentityKind, type Sql, type Trust } from '#channels';
import type { ReadablePerson } from '../../auth/access.js';
import { hubItself } from '../../auth/hub-itself.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { PersonWork } from '../person-work.service.js';
import { CustomerReader } from './customer-reader.service.js';
import { followTier, tiersOf } from './follow-tier.js';

/** What a channel found out about a customer, e.g. by a code that came back or a site's signed word. */
export interface Proof {
  kind: IdentityKind;
  /** In its normal form. */
  address: string;
  trust: Extract<Trust, 'proven' | 'channel_given'>;
}

export type Proven = 'theirs' | 'linked' | 'suggested' | 'nothing';

/** Looks again at an address that somebody else gets at the same moment, at most so often. */
const maxTries = 5;

interface Owner {
  id: string;
  customer_id: string;
  conversation_id: string;
  trust: Trust;
  shared: boolean;
}

/** Where an address becomes a customer's own by proof: the only place that joins two customers without an agent. */
@Injectable()
export class IdentityProof {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
    private readonly live: LiveFeed,
    private readonly bus: EventBus,
  ) {}

  /**
   * Gives the address to the customer when it is nobody's. When it is somebody else's, the two are one person where `decideLink` says
   * so, and otherwise an agent gets it as a suggestion. Proving again changes nothing.
   */
  async prove(customerId: string, proof: Proof): Promise<Proven> {
    for (let attempt = 1; attempt < maxTries; attempt++) {
      const proven = await this.tryToProve(customerId, proof);
      if (proven !== null) {
        return proven;
      }
    }
    const here = await this.reader.conversationOf(customerId);
    return this.people.run(hubItself, here, (tx) => this.claim(tx, customerId, proof));
  }

  /** Null when the address came to somebody else while the locks were waited for: who that is decides. */
  private async tryToProve(customerId: string, proof: Proof): Promise<Proven | null> {
    const here = await this.reader.conversationOf(customerId);
    const believed = await this.ownerOf(customerId, proof);
    const conversations = believed ? [here, believed.conversation_id] : [here];
    return this.people.runAll(hubItself, conversations, async (tx, [person, other]) => {
      const owner = await this.ownerOf(customerId, proof, tx);
      if (owner?.id !== believed?.id) {
        return null;
      }
      if (!owner || !other) {
        return this.give(tx, customerId, proof);
      }
      return other.customerId === person?.customerId
        ? this.raise(tx, owner, proof)
        : this.meet(tx, { person: person as ReadablePerson, other, owner }, proof);
    });
  }

  /** Of several who share an address: the customer themselves, else who was seen last. */
  private async ownerOf(customerId: string, { kind, address }: Proof, sql: Sql = this.database): Promise<Owner | null> {
    const [owner] = await sql.query<Owner & Record<string, unknown>>(
      `select i.id, i.customer_id, c.id as conversation_id, i.trust, i.shared
       from identity i join conversation c on c.customer_id = i.customer_id
       where i.kind = $1 and i.address = $2 and i.retired_at is null
       order by (i.customer_id = $3) desc, i.last_seen_at desc nulls last, i.id limit 1`,
      [kind, address, customerId],
    );
    return owner ?? null;
  }

  /** Null when somebody else got the address in this moment. */
  private async give(tx: Transaction, customerId: string, proof: Proof): Promise<Proven | null> {
    const [made] = await tx.query<{ id: string }>(
      'insert into identity (id, customer_id, kind, address, trust) values ($1, $2, $3, $4, $5) on conflict do nothing returning id',
      [uuid(), customerId, proof.kind, proof.address, proof.trust],
    );
    if (!made) {
      return null;
    }
    await tx.query(
      `update identity_claim set state = 'accepted', decided_at = clock_timestamp(), identity_id = $4
       where customer_id = $1 and kind = $2 and address = $3 and state = 'open'`,
      [customerId, proof.kind, proof.address, made.id],
    );
    this.changed(tx, proof);
    await recordAct(tx, {
      actorId: null,
      action: 'identity.proven',
      subject: customerId,
      details: { identity: made.id, trust: proof.trust },
    });
    return 'theirs';
  }

  /** A stronger proof than the one there was counts from now on; a weaker one never takes it back. */
  private async raise(tx: Transaction, owner: Owner, proof: Proof): Promise<Proven> {
    const raised = await tx.query(
      `update identity set trust = $2 where id = $1 and trust <> 'proven' and trust <> $2 returning id`,
      [owner.id, proof.trust],
    );
    if (raised.length > 0) {
      this.changed(tx, proof);
    }
    return 'theirs';
  }

  private changed(tx: Transaction, { kind, address }: Proof): void {
    this.bus.emitAfterCommit(tx, 'address.changed', { kind, address });
  }

  private async meet(
    tx: Transaction,
    { person, other, owner }: { person: ReadablePerson; other: ReadablePerson; owner: Owner },
    proof: Proof,
  ): Promise<Proven> {
    const decision = decideLink({
      kind: proof.kind,
      address: proof.address,
      shared: owner.shared,
      here: proof.trust,
      there: owner.trust,
    });
    if (decision !== 'link') {
      return decision === 'nothing' ? 'nothing' : this.claim(tx, person.customerId, proof);
    }
    const tiers = await tiersOf(tx, [person.customerId, other.customerId]);
    const result = await mergeCustomers(tx, person.customerId, other.customerId, {
      actorId: null,
      reasons: ['equal_address', proof.trust, owner.trust],
    });
    if (result.outcome !== 'merged') {
      return 'theirs';
    }
    const frame = { from: person.conversationId, into: other.conversationId };
    tx.afterCommit(() =>
      this.live.toAgents([`person:${frame.from}`, `person:${frame.into}`, 'overseers'], 'conversation.merged', frame),
    );
    const details = { from: person.customerId, journal: result.journalId };
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, payload) values ('customer.merged', $1, $2, $3)`,
      [other.conversationId, other.customerId, JSON.stringify(details)],
    );
    await followTier(tx, { conversationId: other.conversationId, by: null, tiers });
    await recordAct(tx, { actorId: null, action: 'customer.merged', subject: other.customerId, details });
    return 'linked';
  }

  /** A visitor is no address that anybody could say is theirs. */
  private async claim(tx: Transaction, customerId: string, proof: Proof): Promise<Proven> {
    if (proof.kind === 'web') {
      return 'nothing';
    }
    const made = await tx.query(
      `insert into identity_claim (id, customer_id, kind, address, source) values ($1, $2, $3, $4, 'page')
       on conflict do nothing returning id`,
      [uuid(), customerId, proof.kind, proof.address],
    );
    if (made.length > 0) {
      this.changed(tx, proof);
    }
    return 'suggested';
  }
}
