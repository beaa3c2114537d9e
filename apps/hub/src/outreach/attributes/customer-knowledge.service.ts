import { Injectable } from '@nestjs/common';
import type { CustomerKnowledgeView } from '#contract';
import { readAttributeValue, type Attribute, type AttributeValue, type ValueFault } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { CustomerReader } from '../../desk/customers/customer-reader.service.js';
import { PersonWork } from '../../desk/person-work.service.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { forgetHandTier } from '../tiers/hand-tier.js';
import { AttributeSettings } from './attribute-settings.service.js';
import { presentTier, readKnowledge, type KnowledgeRow } from './customer-knowledge.query.js';

const mostValues = 100;

const sentences: Record<ValueFault, string> = {
  not_a_number: 'This is not a number.',
  not_a_date: 'This is not a day, such as 2026-03-21 or 1405/01/01.',
  not_yes_or_no: 'This is neither yes nor no.',
  not_a_choice: 'This is not one of the choices.',
  too_long: 'This is too long.',
  not_a_text: 'This is not a text.',
};

/** What is known of a person besides what they wrote. */
@Injectable()
export class CustomerKnowledge {
  constructor(
    private readonly database: Database,
    private readonly people: PersonWork,
    private readonly reader: CustomerReader,
    private readonly attributes: AttributeSettings,
  ) {}

  async read(actor: Actor, customerId: string): Promise<CustomerKnowledgeView> {
    const person = await this.reader.getReadable(actor, customerId);
    const [row] = await this.database.query<KnowledgeRow & Record<string, unknown>>(readKnowledge, [person.customerId]);
    if (!row) {
      throw notFound('This customer');
    }
    const { values, count, spent, lately } = row;
    const lastAt = row.lastAt?.toISOString() ?? null;
    return { values, purchases: { count, spent, lastAt, lately }, tier: presentTier(row) };
  }

  /** Sets values of the person, whoever of them was named; null takes one away. All of it or nothing. */
  async setValues(actor: Actor, customerId: string, values: Record<string, unknown>): Promise<CustomerKnowledgeView> {
    const wanted = readValues(await this.attributes.byKey(), values);
    const conversation = await this.people.run(
      actor,
      await this.reader.conversationOf(customerId),
      async (tx, person) => {
        const changed = await tx.query(
          `update customer set fields = (fields || $2::jsonb) - $3::text[]
           where id = $1 and (fields || $2::jsonb) - $3::text[] <> fields returning id`,
          [person.customerId, JSON.stringify(wanted.set), wanted.unset],
        );
        if (changed.length > 0) {
          await recordAct(tx, {
            actorId: actor.id,
            action: 'customer.attributes_set',
            subject: person.customerId,
            details: { keys: Object.keys(values) },
          });
        }
        return person.conversationId;
      },
    );
    await this.reader.tell(actor, conversation);
    return this.read(actor, customerId);
  }

  /** The tier follows from what they buy again, whoever set it. */
  async forgetHandTier(actor: Actor, customerId: string): Promise<CustomerKnowledgeView> {
    await this.people.run(actor, await this.reader.conversationOf(customerId), async (tx, person) => {
      await forgetHandTier(tx, person.customerId);
      await recordAct(tx, { actorId: actor.id, action: 'customer.tier_given_back', subject: person.customerId });
    });
    return this.read(actor, customerId);
  }
}

interface WantedValues {
  set: Record<string, AttributeValue>;
  unset: string[];
}

function readValues(attributes: ReadonlyMap<string, Attribute>, values: Record<string, unknown>): WantedValues {
  const entries = Object.entries(values);
  if (entries.length > mostValues) {
    throw invalid('values', 'These are too many at once.');
  }
  const wanted: WantedValues = { set: {}, unset: [] };
  for (const [key, written] of entries) {
    const attribute = attributes.get(key);
    if (!attribute) {
      throw invalid(`values.${key}`, 'There is no such attribute.', 'unknown_attribute');
    }
    const read = readAttributeValue(attribute, written);
    if ('fault' in read) {
      throw invalid(`values.${key}`, sentences[read.fault], read.fault);
    }
    if (read.value === null) {
      wanted.unset.push(key);
    } else {
      wanted.set[key] = read.value;
    }
  }
  return wanted;
}
