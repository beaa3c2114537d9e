import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { SegmentCountView, SegmentMemberView, SegmentPreviewView, SegmentView, SegmentWhyView } from '#contract';
import { evaluateSegment, readSegment, testsOfSegment, Unreadable, type SegmentCondition } from '#tickets';
import { hasRole, type Actor } from '../../auth/actor.js';
import { recordSettings } from '../../auth/record-settings.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/errors/api-error.js';
import { factsOf, readFacts, type FactsRow } from './person-facts.query.js';
import { SegmentMembers } from './segment-members.service.js';
import type { ChangeSegmentDto, NewSegmentDto } from './segments.dto.js';

const view = `
select s.id, s.name, s.condition, s.version, s.counted, s.counted_at as "countedAt", s.changed_at as "changedAt" from segment s`;

type SegmentRow = Omit<SegmentView, 'missing'>;

const mostSegments = 500;
/** How long counting is waited for. */
const countWithinMs = 5_000;
const shown = 20;
/** How many pages a preview looks through before it says that it does not know of more. */
const mostPages = 40;
const previewWithinMs = 4_000;

/** Named conditions about customers, and who fulfils them. */
@Injectable()
export class Segments {
  constructor(
    private readonly database: Database,
    private readonly members: SegmentMembers,
  ) {}

  async list(): Promise<SegmentView[]> {
    const rows = await this.database.query<SegmentRow & Record<string, unknown>>(`${view} order by s.name, s.id`);
    const known = await this.knownNames();
    return rows.map((row) => ({ ...row, missing: missingOf(row.condition, known) }));
  }

  async get(id: string): Promise<SegmentView> {
    const [row] = await this.database.query<SegmentRow & Record<string, unknown>>(`${view} where s.id = $1`, [id]);
    if (!row) {
      throw notFound('This segment');
    }
    return { ...row, missing: missingOf(row.condition, await this.knownNames()) };
  }

  async create(actor: Actor, { name, condition }: NewSegmentDto): Promise<SegmentView> {
    const id = uuid();
    const read = await this.readChecked(condition);
    await this.database
      .transaction(async (tx) => {
        const [row] = await tx.query<{ count: number }>('select count(*)::int as count from segment');
        if ((row?.count ?? 0) >= mostSegments) {
          throw conflict('too_many_segments', 'There are as many segments as can be. Remove one that nobody uses.');
        }
        await tx.query('insert into segment (id, name, condition) values ($1, $2, $3)', [
          id,
          nameOf(name),
          JSON.stringify(read),
        ]);
        await recordSettings(tx, { actorId: actor.id, table: 'segment', id, became: 'created' });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, wish: ChangeSegmentDto): Promise<SegmentView> {
    const read = wish.condition === undefined ? null : await this.readChecked(wish.condition);
    await this.database
      .transaction(async (tx) => {
        const { version } = await lock(tx, id);
        const before = await settingsRow(tx, 'segment', id);
        if (version !== wish.version) {
          throw conflict('stale', 'Somebody changed this segment meanwhile. Look again.', 'version');
        }
        if (read !== null && !hasRole(actor, 'admin') && (await isBeingTold(tx, id))) {
          throw forbidden();
        }
        await tx.query(
          `update segment set name = coalesce($2, name), condition = coalesce($3::jsonb, condition), version = version + 1,
             changed_at = clock_timestamp(), counted = case when $3 is null then counted end,
             counted_at = case when $3 is null then counted_at end
           where id = $1`,
          [id, wish.name === undefined ? null : nameOf(wish.name), read === null ? null : JSON.stringify(read)],
        );
        await recordSettings(tx, { actorId: actor.id, table: 'segment', id, became: 'changed', before });
      })
      .catch(explain);
    return this.get(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database
      .transaction(async (tx) => {
        await lock(tx, id);
        const before = await settingsRow(tx, 'segment', id);
        await tx.query('delete from segment where id = $1', [id]);
        await recordSettings(tx, { actorId: actor.id, table: 'segment', id, became: 'removed', before });
      })
      .catch((error: unknown) => {
        throw (error as { code?: unknown }).code === '23503'
          ? conflict('segment_in_use', 'This segment is used for outreach. Remove it there first.')
          : error;
      });
  }

  /** Counts, and notes the number for the list. */
  async count(id: string): Promise<SegmentCountView> {
    const { condition, version } = await this.get(id);
    const count = await this.members.count(readWritten(condition), countWithinMs);
    await this.database.query(
      'update segment set counted = $2, counted_at = clock_timestamp() where id = $1 and version = $3',
      [id, count, version],
    );
    return { count };
  }

  async countOf(condition: unknown): Promise<SegmentCountView> {
    return { count: await this.members.count(await this.readChecked(condition), countWithinMs) };
  }

  /** Some who fulfil a condition, each with why. */
  async preview(written: unknown): Promise<SegmentPreviewView> {
    const condition = await this.readChecked(written);
    const moment = await this.members.moment();
    const found: string[] = [];
    const began = performance.now();
    let after: string | null = null;
    for (let page = 0; page < mostPages && performance.now() - began < previewWithinMs; page++) {
      const read = await this.members.page(this.database, condition, {
        moment,
        after,
        limit: shown + 1 - found.length,
      });
      found.push(...read.customerIds);
      after = read.next;
      if (after === null || found.length > shown) {
        break;
      }
    }
    const ids = found.slice(0, shown);
    const rows = await this.database.query<FactsRow & Record<string, unknown>>(readFacts, [ids]);
    const members = ids.flatMap((id) => rows.filter((row) => row.id === id));
    return {
      rows: members.map((row) => presentMember(row, evaluateSegment(condition, factsOf(row), moment))),
      hasMore: found.length > shown || after !== null,
    };
  }

  /** @throws ApiError where it cannot be read, or asks about what is not there. */
  private async readChecked(written: unknown): Promise<SegmentCondition> {
    const condition = readWritten(written);
    const [missing] = missingIn(condition, await this.knownNames());
    if (missing !== undefined) {
      throw invalid('condition', `There is nothing of the name “${missing}” to ask about.`, 'unknown_name');
    }
    return condition;
  }

  private async knownNames(): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ name: string }>(
      'select key as name from customer_attribute union all select id::text from queue',
    );
    return new Set(rows.map(({ name }) => name));
  }
}

function readWritten(written: unknown): SegmentCondition {
  try {
    return readSegment(written);
  } catch (error) {
    throw error instanceof Unreadable ? invalid(error.field, error.detail) : error;
  }
}

function missingOf(condition: unknown, known: ReadonlySet<string>): string[] | null {
  try {
    return missingIn(readSegment(condition), known);
  } catch {
    return null;
  }
}

function missingIn(condition: SegmentCondition, known: ReadonlySet<string>): string[] {
  const named = testsOfSegment(condition).flatMap((test) =>
    'key' in test ? [test.key] : test.field === 'tickets' ? test.queues : [],
  );
  return [...new Set(named)].filter((name) => !known.has(name));
}

function presentMember(row: FactsRow, why: SegmentWhyView): SegmentMemberView {
  return { customerId: row.id, conversationId: row.conversation, name: row.name, why };
}

function nameOf(written: string): string {
  const name = written.trim();
  if (name === '') {
    throw invalid('name', 'Give it a name.');
  }
  return name;
}

async function lock(tx: Transaction, id: string): Promise<{ version: number }> {
  const [row] = await tx.query<{ version: number }>('select version from segment where id = $1 for update', [id]);
  if (!row) {
    throw notFound('This segment');
  }
  return row;
}

/** Whom an outreach goes to that was let go is for administrators to say, as its text is. */
async function isBeingTold(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from outreach where segment_id = $1 and state in ('scheduled', 'running', 'paused') limit 1`,
    [id],
  );
  return rows.length > 0;
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('name_taken', 'There is a segment of this name.', 'name');
  }
  throw error;
}
