import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { CustomerAttributeView, FieldChoiceView, FieldKind } from '#contract';
import type { Attribute } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordSettings } from '../../auth/record-settings.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { checkChoices, checkWords } from '../../settings/fields/check-field.js';
import type { ChangeAttributeDto, NewAttributeDto } from './attributes.dto.js';

const view = `
select a.id, a.key, a.kind, a.name, a.choices, a.retired_at is not null as "isRetired", a.position, a.version
from customer_attribute a`;

const mostAttributes = 100;

/** What may be known of customers, as administrators set it up. */
@Injectable()
export class AttributeSettings {
  constructor(private readonly database: Database) {}

  list(sql: Sql = this.database): Promise<CustomerAttributeView[]> {
    return sql.query<CustomerAttributeView & Record<string, unknown>>(`${view} order by a.position, a.key`);
  }

  /** Those that take values, by their keys. */
  async byKey(sql: Sql = this.database): Promise<Map<string, Attribute>> {
    const rows = await this.list(sql);
    return new Map(rows.filter(({ isRetired }) => !isRetired).map((one) => [one.key, one]));
  }

  async create(actor: Actor, wish: NewAttributeDto): Promise<CustomerAttributeView> {
    const id = uuid();
    const name = checkWords(wish.name ?? { en: '', fa: '' }, 'name');
    const choices = checkChoices(choiceKind(wish.kind), wish.choices ?? []);
    await this.database
      .transaction(async (tx) => {
        const [row] = await tx.query<{ count: number }>('select count(*)::int as count from customer_attribute');
        if ((row?.count ?? 0) >= mostAttributes) {
          throw conflict('too_many_attributes', 'There are as many attributes as can be. Remove one that nobody uses.');
        }
        await tx.query(
          'insert into customer_attribute (id, key, kind, name, choices, position) values ($1, $2, $3, $4, $5, $6)',
          [id, wish.key, wish.kind, JSON.stringify(name), JSON.stringify(choices), wish.position ?? 0],
        );
        await recordSettings(tx, { actorId: actor.id, table: 'customer_attribute', id, became: 'created' });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, wish: ChangeAttributeDto): Promise<CustomerAttributeView> {
    await this.database.transaction(async (tx) => {
      const kept = await lock(tx, id);
      const before = await settingsRow(tx, 'customer_attribute', id);
      if (kept.version !== wish.version) {
        throw conflict('stale', 'Somebody changed this attribute meanwhile. Look again.', 'version');
      }
      const name = wish.name === undefined ? kept.name : checkWords(wish.name, 'name');
      const choices = wish.choices === undefined ? kept.choices : checkChoices(choiceKind(kept.kind), wish.choices);
      await refuseLostChoices(tx, kept, choices);
      await tx.query(
        `update customer_attribute set name = $2, choices = $3, position = $4, version = version + 1,
           retired_at = case when $5 then coalesce(retired_at, clock_timestamp()) end where id = $1`,
        [
          id,
          JSON.stringify(name),
          JSON.stringify(choices),
          wish.position ?? kept.position,
          wish.isRetired ?? kept.isRetired,
        ],
      );
      await recordSettings(tx, { actorId: actor.id, table: 'customer_attribute', id, became: 'changed', before });
    });
    return this.get(id);
  }

  /** One that customers have values of is retired instead: what was once noted stays readable. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { key } = await lock(tx, id);
      if ((await tx.query('select 1 from customer where fields ? $1 limit 1', [key])).length > 0) {
        throw conflict(
          'in_use',
          'Customers have values of this attribute. Retire it: it takes no new ones, and theirs stay readable.',
        );
      }
      const before = await settingsRow(tx, 'customer_attribute', id);
      await tx.query('delete from customer_attribute where id = $1', [id]);
      await recordSettings(tx, { actorId: actor.id, table: 'customer_attribute', id, became: 'removed', before });
    });
  }

  private async get(id: string): Promise<CustomerAttributeView> {
    const [row] = await this.database.query<CustomerAttributeView & Record<string, unknown>>(
      `${view} where a.id = $1`,
      [id],
    );
    if (!row) {
      throw notFound('This attribute');
    }
    return row;
  }
}

/** Kinds that are chosen from, as fields of tickets know them. */
function choiceKind(kind: CustomerAttributeView['kind']): FieldKind {
  return kind === 'choice' || kind === 'choices' || kind === 'region' ? 'choice' : 'text';
}

async function lock(tx: Transaction, id: string): Promise<CustomerAttributeView> {
  const [row] = await tx.query<CustomerAttributeView & Record<string, unknown>>(
    `${view} where a.id = $1 for update of a`,
    [id],
  );
  if (!row) {
    throw notFound('This attribute');
  }
  return row;
}

/** A choice that somebody has can be retired and not taken away: nobody could read what it means. */
async function refuseLostChoices(
  tx: Transaction,
  { key, choices: before }: CustomerAttributeView,
  after: readonly FieldChoiceView[],
): Promise<void> {
  const lost = before.map(({ value }) => value).filter((value) => !after.some((one) => one.value === value));
  const used = await tx.query<{ value: string }>(
    `select lost.value from unnest($2::text[]) lost(value)
     where exists (select 1 from customer k where k.fields -> $1 @> to_jsonb(lost.value)) limit 1`,
    [key, lost],
  );
  if (used[0]) {
    throw conflict(
      'choice_in_use',
      `Customers have “${used[0].value}”. Retire this choice instead of taking it away.`,
      'choices',
    );
  }
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('key_taken', 'There is an attribute of this key.', 'key');
  }
  throw error;
}
