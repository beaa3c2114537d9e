import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { RuleView } from '#contract';
import {
  readActions,
  readCondition,
  readRuleEvent,
  Unreadable,
  type RuleCondition,
  type RuleEvent,
  type TicketAction,
} from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct } from '../../auth/record-act.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { readRules, ruleRows, type BrokenPart, type RuleRow } from './rule-rows.query.js';
import type { ChangeRuleDto, NewRuleDto, RuleTermsDto } from './rules.dto.js';
import { RulesSweeper } from './rules.sweeper.js';

/** What a rule says, read and checked. */
export interface RuleTerms {
  event: RuleEvent;
  conditions: RuleCondition;
  actions: TicketAction[];
  stops: boolean;
  maxPerHour: number;
}

/** Throws `invalid` with the path of what is wrong. `at`: where the terms stand in the body, with a dot behind. */
export function readTermsOf(dto: RuleTermsDto, at = ''): RuleTerms {
  try {
    return {
      event: readRuleEvent(dto.event, `${at}event`),
      conditions: readCondition(dto.conditions, `${at}conditions`),
      actions: readActions(dto.actions, `${at}actions`),
      stops: dto.stops,
      maxPerHour: dto.maxPerHour,
    };
  } catch (error) {
    throw error instanceof Unreadable ? invalid(error.field, error.detail) : error;
  }
}

const lately = `
select rule_id as id, count(*) filter (where state <> 'refused')::int as done, count(*) filter (where state = 'refused')::int as refused,
       max(event_at) as "lastAt"
from rule_run where rule_id = any ($1::uuid[]) and event_at > clock_timestamp() - interval '7 days' group by rule_id`;

interface Lately {
  id: string;
  done: number;
  refused: number;
  lastAt: Date;
}

/** Rules as administrators write them. What is stored passed its schemas, and names nothing that was not there. */
@Injectable()
export class RuleSettings {
  constructor(
    private readonly database: Database,
    private readonly sweeper: RulesSweeper,
  ) {}

  async list(): Promise<RuleView[]> {
    const rows = await this.database.query<RuleRow & Record<string, unknown>>(`${ruleRows} order by r.position, r.id`);
    const { broken } = await readRules(this.database, rows);
    const ran = await this.database.query<Lately & Record<string, unknown>>(lately, [rows.map(({ id }) => id)]);
    return rows.map((row) =>
      present(
        row,
        broken.get(row.id) ?? [],
        ran.find(({ id }) => id === row.id),
      ),
    );
  }

  async create(actor: Actor, dto: NewRuleDto): Promise<RuleView> {
    const [id, terms] = [uuid(), readTermsOf(dto)];
    await this.database
      .transaction(async (tx) => {
        await tx.query('lock table rule in share row exclusive mode');
        await tx.query(
          `insert into rule (id, name, enabled, position, event, terms, conditions, actions, stops, max_per_hour)
           select $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5, $6, $7, $8, $9 from rule`,
          [id, dto.name, dto.enabled, ...columnsOf(terms)],
        );
        await this.refuseBroken(tx, id);
        await recordAct(tx, { actorId: actor.id, action: 'rule.created', subject: id });
      })
      .catch(explain);
    this.sweeper.wake();
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeRuleDto): Promise<RuleView> {
    const terms = change.terms && readTermsOf(change.terms, 'terms.');
    await this.database
      .transaction(async (tx) => {
        const before = await settingsRow(tx, 'rule', id);
        await this.write(tx, id, change, terms);
        if (terms || change.enabled === true) {
          await this.refuseBroken(tx, id);
        }
        const fields = (['name', 'enabled', 'terms'] as const).filter((field) => change[field] !== undefined);
        const details = { fields, changes: diffOf(before, await settingsRow(tx, 'rule', id)) };
        await recordAct(tx, { actorId: actor.id, action: 'rule.changed', subject: id, details });
      })
      .catch(explain);
    this.sweeper.wake();
    return this.get(id);
  }

  /** Its log goes with it. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if ((await tx.query('delete from rule where id = $1 returning id', [id])).length === 0) {
        throw notFound('This rule');
      }
      await recordAct(tx, { actorId: actor.id, action: 'rule.deleted', subject: id });
    });
  }

  async order(actor: Actor, ids: string[]): Promise<RuleView[]> {
    await this.database.transaction(async (tx) => {
      await tx.query('lock table rule in share row exclusive mode');
      const known = await tx.query<{ id: string }>('select id from rule');
      if (known.length !== ids.length || !known.every(({ id }) => ids.includes(id))) {
        throw conflict('stale', 'There are other rules by now. Look again.', 'ids');
      }
      await tx.query(
        `update rule r set position = o.place from unnest($1::uuid[]) with ordinality o(id, place) where o.id = r.id`,
        [ids],
      );
      await recordAct(tx, { actorId: actor.id, action: 'rule.ordered', subject: ids[0] ?? actor.id, details: { ids } });
    });
    return this.list();
  }

  /** A rule that is switched on follows what happens from then on. */
  private async write(
    tx: Transaction,
    id: string,
    { version, name, enabled }: ChangeRuleDto,
    terms: RuleTerms | undefined,
  ): Promise<void> {
    const [row] = await tx.query<{ version: number }>('select version from rule where id = $1 for update', [id]);
    if (!row) {
      throw notFound('This rule');
    }
    if (row.version !== version) {
      throw conflict('stale', 'Somebody changed this rule meanwhile. Look again.', 'version');
    }
    await tx.query(
      `update rule set name = coalesce($2, name), since = case when $3 and not enabled then clock_timestamp() else since end,
         enabled = coalesce($3, enabled), version = version + 1, changed_at = clock_timestamp() where id = $1`,
      [id, name ?? null, enabled ?? null],
    );
    if (terms) {
      await tx.query(
        `update rule set event = $2, terms = $3, conditions = $4, actions = $5, stops = $6, max_per_hour = $7,
           since = case when event <> $2 or terms <> $3::jsonb then clock_timestamp() else since end where id = $1`,
        [id, ...columnsOf(terms)],
      );
    }
  }

  /** What names something that is gone cannot be saved anew; a rule that breaks later is shown as broken. */
  private async refuseBroken(tx: Transaction, id: string): Promise<void> {
    const rows = await tx.query<RuleRow & Record<string, unknown>>(`${ruleRows} where r.id = $1`, [id]);
    const { broken } = await readRules(tx, rows);
    const [part] = broken.get(id) ?? [];
    if (part) {
      throw invalid(part.at, 'What is chosen here is gone. Choose something else.', 'gone');
    }
  }

  private async get(id: string): Promise<RuleView> {
    const rule = (await this.list()).find((one) => one.id === id);
    if (!rule) {
      throw notFound('This rule');
    }
    return rule;
  }
}

function columnsOf({ event, conditions, actions, stops, maxPerHour }: RuleTerms): unknown[] {
  const { on, ...terms } = event;
  return [on, JSON.stringify(terms), JSON.stringify(conditions), JSON.stringify(actions), stops, maxPerHour];
}

function present(row: RuleRow, broken: BrokenPart[], ran: Lately | undefined): RuleView {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    position: row.position,
    event: { on: row.event, ...row.terms } as RuleView['event'],
    conditions: row.conditions as RuleView['conditions'],
    actions: row.actions as RuleView['actions'],
    stops: row.stops,
    maxPerHour: row.maxPerHour,
    version: row.version,
    changedAt: row.changedAt.toISOString(),
    broken,
    lately: { done: ran?.done ?? 0, refused: ran?.refused ?? 0, lastAt: ran?.lastAt.toISOString() ?? null },
  };
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('name_taken', 'There is a rule of this name.', 'name');
  }
  throw error;
}
