import { Injectable } from '@nestjs/common';
import { isRoleAddress } from '#channels';
import type { SuggestionReason, SuggestionsView } from '#contract';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import { CustomerReader } from './customer-reader.service.js';
import { publicMailDomains } from './public-mail-domains.js';
import { membersOf, suggestedPeople, type SuggestedRow } from './suggestions.query.js';

/** How many candidates are looked at, and how many are shown. */
const looked = 100;
const shown = 20;

const weights: Record<SuggestionReason['kind'], number> = {
  same_claim: 3,
  similar_email: 2,
  similar_phone: 2,
  same_name_and_company: 1,
};

/** Who may be one person, and why. Only an agent joins them. */
@Injectable()
export class Suggestions {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly reader: CustomerReader,
  ) {}

  async list(actor: Actor, customerId: string): Promise<SuggestionsView> {
    const person = await this.reader.getReadable(actor, customerId);
    const found = (await this.find(person)).toSorted((a, b) => weightOf(b) - weightOf(a));
    const readable = await this.access.listPersons(
      actor,
      found.map(({ conversation }) => conversation),
    );
    const mayRead = new Set(readable.map(({ wanted }) => wanted));
    const people = found.filter(({ conversation }) => mayRead.has(conversation)).slice(0, shown);
    const customer = await this.reader.view(actor, person.conversationId);
    return {
      people: await Promise.all(
        people.map(async (row) => ({
          customer: await this.reader.view(actor, row.conversation),
          conversation: row.conversation,
          reasons: present(row),
        })),
      ),
      shared: customer.identities
        .filter(({ kind, shared, address }) => kind === 'email' && !shared && isRoleAddress(address))
        .map(({ id, address }) => ({ identityId: id, address })),
    };
  }

  /** What speaks for two people being one, dismissed or not. */
  async reasonsFor(person: ReadablePerson, otherRoot: string): Promise<SuggestionReason[]> {
    const row = (await this.candidates(person)).find(({ root }) => root === otherRoot);
    return row ? present(row) : [];
  }

  /** Not the same person, as far as today's reasons go. */
  async dismiss(actor: Actor, customerId: string, otherId: string): Promise<void> {
    const [one, other] = [
      await this.reader.getReadable(actor, customerId),
      await this.reader.getReadable(actor, otherId),
    ];
    if (one.customerId === other.customerId) {
      throw invalid('customer', 'These two are one person.');
    }
    const candidate = (await this.candidates(one)).find(({ root }) => root === other.customerId);
    const reasons = candidate?.reasons.map(({ key }) => key) ?? [];
    const [a, b] = [one.customerId, other.customerId].toSorted();
    await this.database.transaction(async (tx) => {
      await tx.query(
        `insert into suggestion_dismissal as d (a, b, reasons, actor_id) values ($1, $2, $3, $4)
         on conflict (a, b) do update
         set reasons = array(select distinct unnest(d.reasons || excluded.reasons) order by 1), actor_id = excluded.actor_id, at = clock_timestamp()`,
        [a, b, reasons, actor.id],
      );
      await recordAct(tx, {
        actorId: actor.id,
        action: 'suggestion.dismissed',
        subject: one.customerId,
        details: { other: other.customerId },
      });
    });
  }

  private async find(person: ReadablePerson): Promise<SuggestedRow[]> {
    const rows = await this.candidates(person);
    return rows.filter(({ reasons, dismissed }) => reasons.some(({ key }) => !dismissed?.includes(key)));
  }

  private async candidates(person: ReadablePerson): Promise<SuggestedRow[]> {
    const members = await this.database.query<{ id: string }>(membersOf, [person.customerId]);
    const rows = await this.database.query<SuggestedRow & Record<string, unknown>>(suggestedPeople, [
      members.map(({ id }) => id),
      publicMailDomains,
      looked,
      weights,
    ]);
    return rows
      .map((row) => ({ ...row, reasons: row.reasons.filter((reason) => !isOfARole(reason)) }))
      .filter(({ reasons }) => reasons.length > 0);
  }
}

/** Many write from a role's mailbox; it is an address, not a person. */
function isOfARole({ kind, address }: SuggestionReason): boolean {
  return kind !== 'same_name_and_company' && address !== null && isRoleAddress(address);
}

function present({ reasons }: SuggestedRow): SuggestionReason[] {
  return reasons.map(({ kind, address }) => ({ kind, address }));
}

function weightOf({ reasons }: SuggestedRow): number {
  return reasons.reduce((sum, { kind }) => sum + weights[kind], 0);
}
