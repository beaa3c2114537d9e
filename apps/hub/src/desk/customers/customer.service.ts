import { Injectable } from '@nestjs/common';
import { matchKey, normaliseEmail, normalisePhone } from '#channels';
import { HubConfig } from '#config';
import type { CustomerView, Page } from '#contract';
import type { ReadablePerson } from '../../auth/access.js';
import { hasRole, oversees, type Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { forbidden } from '../../platform/errors/api-error.js';
import { noteHandTier } from '../../outreach/tiers/hand-tier.js';
import { fromCursor, toCursor } from '../cursor.js';
import { PersonWork } from '../person-work.service.js';
import { CustomerReader } from './customer-reader.service.js';
import type { ChangeCustomerDto, CustomerSearchDto } from './customers.dto.js';
import { listCustomers, searchCustomers } from './customers.query.js';
import { followTier, tiersOf } from './follow-tier.js';

export type FoundCustomer = CustomerView & { conversation: string };

/** Finding people, and what they are called. */
@Injectable()
export class CustomerService {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly people: PersonWork,
    private readonly config: HubConfig,
  ) {}

  async search(
    actor: Actor,
    { search, before, limit, tier, blocked }: CustomerSearchDto,
  ): Promise<Page<FoundCustomer>> {
    const place = fromCursor(before);
    const filter = [tier ?? null, blocked === undefined ? null : blocked === 'yes'];
    const asked = [actor.id, oversees(actor), place.at, place.id, limit, ...filter];
    const isSearch = search.trim() !== '';
    const words = isSearch ? [containing(search), this.addressesIn(search), beginningOf(search)] : [];
    const rows = await this.database.query<{ id: string; conversation_id: string; cursor_at: string }>(
      isSearch ? searchCustomers : listCustomers,
      [...asked, ...words],
    );
    const last = rows.at(-1);
    return {
      rows: await Promise.all(rows.map((row) => this.found(actor, row.conversation_id))),
      next: last && rows.length === limit ? toCursor({ at: last.cursor_at, id: last.id }) : null,
    };
  }

  async get(actor: Actor, customerId: string): Promise<FoundCustomer> {
    return this.found(actor, (await this.reader.getReadable(actor, customerId)).conversationId);
  }

  async change(actor: Actor, customerId: string, change: ChangeCustomerDto): Promise<CustomerView> {
    if (change.tier !== undefined && !hasRole(actor, 'supervisor')) {
      throw forbidden('Only supervisors change the tier of a customer.');
    }
    const name = change.name?.trim();
    const conversation = await this.people.run(
      actor,
      await this.reader.conversationOf(customerId),
      async (tx, person) => {
        await tx.query(
          'update customer set name = coalesce($2, name), name_key = coalesce($3, name_key), locale = coalesce($4, locale) where id = $1',
          [person.customerId, name ?? null, name === undefined ? null : matchKey(name), change.locale ?? null],
        );
        if (change.tier !== undefined) {
          await setTier(tx, actor, person, change.tier);
        }
        const fields = (['name', 'locale', 'tier'] as const).filter((field) => change[field] !== undefined);
        await recordAct(tx, {
          actorId: actor.id,
          action: 'customer.changed',
          subject: person.customerId,
          details: { fields },
        });
        return person.conversationId;
      },
    );
    return this.reader.tell(actor, conversation);
  }

  private async found(actor: Actor, conversation: string): Promise<FoundCustomer> {
    return { ...(await this.reader.view(actor, conversation)), conversation };
  }

  /** What somebody may have typed of an address, as it would be stored: `۰۹۱۲…` finds +98912…. */
  private addressesIn(search: string): string[] {
    const phone = normalisePhone(search, this.config.defaultCountry);
    const as = phone?.kind === 'phone' ? phone.e164 : phone?.as;
    return [search.trim().toLowerCase(), normaliseEmail(search), as].filter((one) => typeof one === 'string');
  }
}

/** What is typed of a name; null for what folds to nothing. */
function containing(search: string): string | null {
  const folded = matchKey(search);
  return folded === '' ? null : `%${escapeLike(folded)}%`;
}

const fewLetters = 3;

/** What is typed of an address before all of it is; null for what says too little, or is several words. */
function beginningOf(search: string): string | null {
  const typed = search.trim().toLowerCase();
  return typed.length >= fewLetters && !/\s/u.test(typed) ? `${escapeLike(typed)}%` : null;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/gu, '\\$&');
}

async function setTier(tx: Transaction, { id }: Actor, person: ReadablePerson, tier: number): Promise<void> {
  const before = await tiersOf(tx, [person.customerId]);
  await tx.query('update customer set tier = $2 where id = $1', [person.customerId, tier]);
  await noteHandTier(tx, { customerId: person.customerId, tier, by: id });
  await followTier(tx, { conversationId: person.conversationId, by: id, tiers: [...before, tier] });
}
