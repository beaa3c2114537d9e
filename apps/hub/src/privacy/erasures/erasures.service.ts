import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ErasurePreviewView, ErasureView, PersonalCounts } from '#contract';
import { endWork, holdTicket, type HeldTicket } from '#tickets';
import type { ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { CustomerReader } from '../../desk/customers/customer-reader.service.js';
import { PersonWork } from '../../desk/person-work.service.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { SecretKeys } from '../../platform/secret-keys.js';
import { openErasure } from '../journal.query.js';
import { personalRows } from '../personal-data.js';
import {
  beginErasure,
  closeTicket,
  hindranceOf,
  openTickets,
  stopAll,
  wholePerson,
  type ErasureRow,
} from './erasures.query.js';
import { countStatement } from './forget-rows.js';
import { digestOf, forgottenPurpose } from './forgotten-addresses.js';

/** A count says "or more" beyond this. */
const mostCounted = 100_000;

interface Whole {
  conversations: string[];
  customers: string[];
  addresses: string[];
}

export interface ErasureOrder {
  confirm: string;
  /** Imports do not bring the addresses back. */
  remember: boolean;
}

/** Forgetting a person: what would go, and the moment from which on nobody reads them. The rest is the sweeper's. */
@Injectable()
export class Erasures {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
    private readonly telling: TicketTelling,
    private readonly keys: SecretKeys,
    private readonly bus: EventBus,
  ) {}

  async preview(actor: Actor, customerId: string): Promise<ErasurePreviewView> {
    const person = await this.reader.getReadable(actor, customerId);
    const whole = await this.wholeOf(this.database, person);
    const counts: PersonalCounts = {};
    for (const rows of personalRows) {
      const [row] = await this.database.query<{ n: number }>(countStatement(rows), [
        whole.conversations,
        whole.customers,
        whole.addresses,
        mostCounted,
      ]);
      counts[rows.kind] = (counts[rows.kind] ?? 0) + (row?.n ?? 0);
    }
    const open = await this.database.query(openTickets, [whole.conversations]);
    return {
      customer: person.customerId,
      confirm: confirmationOf(person, whole),
      counts,
      openTickets: open.length,
      hindrance: await this.hindrance(this.database, whole),
    };
  }

  /** From the commit on nobody reads the person, and whoever writes from one of their addresses is somebody new. */
  async begin(actor: Actor, customerId: string, order: ErasureOrder): Promise<ErasureView> {
    const conversation = await this.reader.conversationOf(customerId);
    const id = await this.people.run(actor, conversation, async (tx, person) => {
      const whole = await this.wholeOf(tx, person);
      if (order.confirm.trim() !== confirmationOf(person, whole)) {
        throw invalid('confirm', 'This is not what the customer is called.', 'confirm_mismatch');
      }
      await this.refuseHindered(tx, whole);
      if (order.remember) {
        await this.remember(tx, whole);
      }
      return this.beginWithin(tx, { root: person.customerId, whole, by: actor.id });
    });
    this.bus.emit('erasure.asked', {});
    return this.get(id);
  }

  /** For those whose time is over: the person's conversations are locked, and nothing hinders it. */
  async beginWithin(
    tx: Transaction,
    { root, whole, by }: { root: string; whole: Whole; by: string | null },
  ): Promise<string> {
    const tickets = await tx.query<{ id: string }>(openTickets, [whole.conversations]);
    const ids = tickets.map((ticket) => ticket.id);
    await openErasure(tx, {
      ids: [...whole.conversations, ...whole.customers],
      tickets: ids,
      by,
      why: by === null ? 'retention' : 'asked',
    });
    for (const ticketId of ids) {
      const held = (await holdTicket(tx, ticketId)) as HeldTicket;
      await endWork(tx, held, 'merged');
      await tx.query(closeTicket, [ticketId]);
      await this.telling.ended(tx, held);
    }
    for (const statement of stopAll) {
      await tx.query(statement, [whole.conversations, whole.customers]);
    }
    const id = uuid();
    await tx.query(beginErasure, [id, root, whole.customers, whole.conversations, whole.addresses, by]);
    const agents = await tx.query<{ id: string }>('select id from agent where disabled_at is null');
    agents.forEach((agent) => this.bus.emitAfterCommit(tx, 'rights.changed', { agentId: agent.id }));
    await recordAct(tx, { actorId: by, action: 'customer.erasure_begun', subject: root, details: { erasure: id } });
    return id;
  }

  async wholeOf(sql: Pick<Database, 'query'>, { parts }: Pick<ReadablePerson, 'parts'>): Promise<Whole> {
    const [whole] = await sql.query<Whole & Record<string, unknown>>(wholePerson, [parts.map(({ id }) => id)]);
    return whole as Whole;
  }

  async hindrance(sql: Pick<Database, 'query'>, whole: Whole): Promise<ErasurePreviewView['hindrance']> {
    const [row] = await sql.query<Pick<ErasurePreviewView, 'hindrance'>>(hindranceOf, [
      whole.customers,
      whole.conversations,
    ]);
    return row?.hindrance ?? null;
  }

  async get(id: string): Promise<ErasureView> {
    const [row] = await this.database.query<ErasureRow & Record<string, unknown>>(
      'select * from erasure where id = $1',
      [id],
    );
    if (!row) {
      throw notFound('This erasure');
    }
    return {
      id: row.id,
      state: row.ended_at === null ? 'running' : 'done',
      removed: row.removed,
      askedBy: row.asked_by,
      askedAt: row.asked_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    };
  }

  private async refuseHindered(tx: Transaction, whole: Whole): Promise<void> {
    switch (await this.hindrance(tx, whole)) {
      case 'on_hold':
        throw conflict('on_hold', 'This customer is under a legal hold.');
      case 'call_live':
        throw conflict('call_live', 'This customer is on the phone now.');
      case null:
    }
  }

  private async remember(tx: Transaction, { addresses }: Whole): Promise<void> {
    const key = this.keys.derive(forgottenPurpose);
    await tx.query('insert into forgotten_address (digest) select unnest($1::bytea[]) on conflict do nothing', [
      addresses.map((address) => digestOf(address, key)),
    ]);
  }
}

function confirmationOf({ name, customerId }: ReadablePerson, { addresses }: Whole): string {
  return name.trim() || (addresses.toSorted()[0] ?? customerId);
}
