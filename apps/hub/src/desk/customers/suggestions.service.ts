import { Injectable } from '@nestjs/common';
import { isRoleAddress, roleMailboxes } from '#channels';
import type { SuggestionReason, SuggestionsView } from '#contract';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import { CustomerReader } from './customer-reader.service.js';
import { publicMailDomains } from './public-mail-domains.js';
import { membersOf, suggestedPeople, type SuggestedRow } from './suggestions.query.js';

/** How many candidates are looked at in one go, how often, and how many are shown: those whom the reader may not read are passed over. */
const looked = 100;
const maxLooks = 20;
const shown = 20;

const weights: Record<SuggestionReason['kind'], number> = {
  same_claim: 3,
  similar_email: 2,
  similar_phone: 2,
  same_device: 1,
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
    const people = await this.find(actor, person);
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
    const [row] = await this.candidates(await this.membersOf(person), { only: otherRoot });
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
    const [candidate] = await this.candidates(await this.membersOf(one), { only: other.customerId });
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

  /** The likeliest of those whom the actor may read. */
  private async find(actor: Actor, person: ReadablePerson): Promise<SuggestedRow[]> {
    const members = await this.membersOf(person);
    const found: SuggestedRow[] = [];
    let after: SuggestedRow | undefined;
    for (let look = 0; look < maxLooks && found.length < shown; look++) {
      const rows = await this.candidates(members, { after });
      const readable = await this.access.listPersons(
        actor,
        rows.map(({ conversation }) => conversation),
      );
      const mayRead = new Set(readable.map(({ wanted }) => wanted));
      found.push(...rows.filter(({ conversation }) => mayRead.has(conversation)));
      after = rows.at(-1);
      if (rows.length < looked) {
        break;
      }
    }
    return found.slice(0, shown);
  }

  private async membersOf({ customerId }: ReadablePerson): Promise<string[]> {
    const members = await this.database.query<{ id: string }>(membersOf, [customerId]);
    return members.map(({ id }) => id);
  }

  private candidates(
    members: string[],
    { only, after }: { only?: string; after?: SuggestedRow | undefined },
  ): Promise<SuggestedRow[]> {
    return this.database.query<SuggestedRow & Record<string, unknown>>(suggestedPeople, [
      members,
      publicMailDomains,
      looked,
      weights,
      roleMailboxes,
      only ?? null,
      after?.weight ?? null,
      after?.root ?? null,
    ]);
  }
}

function present({ reasons }: SuggestedRow): SuggestionReason[] {
  return reasons.map(({ kind, address }) => ({ kind, address }));
}
