import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { HubConfig } from '#config';
import { compileSegment, readSegment, type SegmentCondition, type SegmentMoment } from '#tickets';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';

/** Some of a segment's members. `next` is null once everybody was looked at. */
export interface SegmentPage {
  /** Roots: whom everybody they were merged with is. In the order of their ids. */
  customerIds: string[];
  /** Where the next page begins. A page looks at so many people and no more, so it may be short, or empty, before the end. */
  next: string | null;
}

/** How many people a page looks at: some tenths of a second of work, wherever it begins. */
const mostLooked = 5_000;
const firstId = '00000000-0000-0000-0000-000000000000';
/** PostgreSQL's code for a statement that took longer than it may. */
const tookTooLong = '57014';

const readMoment = `
select clock_timestamp() as now, to_char(clock_timestamp() at time zone coalesce((select c.tz from calendar c order by c.id limit 1), $1), 'YYYY-MM-DD') as today`;

/** Who is in a segment. */
@Injectable()
export class SegmentMembers {
  constructor(
    private readonly database: Database,
    private readonly config: HubConfig,
  ) {}

  /**
   * The members behind `after` (null: from the beginning), at most `limit`. Who is a member is decided at the moment of reading, on the
   * database clock: a page costs the same at the beginning and at the end of a million customers. Throws notFound for an unknown segment.
   */
  async each(reader: Sql, segmentId: string, after: string | null, limit: number): Promise<SegmentPage> {
    const condition = await this.conditionOf(reader, segmentId);
    return this.page(reader, condition, { moment: await this.moment(reader), after, limit });
  }

  /** Of these people (roots) the members: for whoever asks again before they write to somebody. */
  async among(reader: Sql, segmentId: string, customerIds: readonly string[]): Promise<string[]> {
    const condition = await this.conditionOf(reader, segmentId);
    const { joins, where, values } = compileSegment(condition, await this.moment(reader), { shape: 'few', first: 2 });
    const rows = await reader.query<{ id: string }>(
      `select r.id from customer r ${joins} where r.id = any ($1::uuid[]) and r.merged_into is null and ${where} order by r.id`,
      [customerIds, ...values],
    );
    return rows.map(({ id }) => id);
  }

  async page(
    reader: Sql,
    condition: SegmentCondition,
    { moment, after, limit }: { moment: SegmentMoment; after: string | null; limit: number },
  ): Promise<SegmentPage> {
    const { joins, where, values } = compileSegment(condition, moment, { shape: 'few', first: 4 });
    const rows = await reader.query<{ id: string; isMember: boolean; isLast: boolean }>(
      `with looked as materialized (
         select * from customer where id > $1 and merged_into is null order by id limit $2),
       member as materialized (
         select r.id from looked r ${joins} where ${where} order by r.id limit $3)
       select id, true as "isMember", false as "isLast" from member
       union all
       (select id, false, (select count(*) from looked) < $2 from looked order by id desc limit 1)`,
      [after ?? firstId, mostLooked, limit, ...values],
    );
    const customerIds = rows.filter(({ isMember }) => isMember).map(({ id }) => id);
    const end = rows.find(({ isMember }) => !isMember);
    if (customerIds.length === limit) {
      return { customerIds, next: customerIds.at(-1) ?? null };
    }
    return { customerIds, next: end === undefined || end.isLast ? null : end.id };
  }

  /** How many fulfil a condition; null when counting takes longer than so many milliseconds. */
  async count(condition: SegmentCondition, withinMs: number): Promise<number | null> {
    const { joins, where, values } = compileSegment(condition, await this.moment(), { shape: 'all' });
    const counted = this.database.transaction(async (tx) => {
      // Adding up everybody is the one statement here that may want much memory, and it may not take long.
      await tx.query(`select set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true)`, [
        String(withinMs),
      ]);
      return tx.query<{ count: number }>(
        `select count(*)::int as count from customer r ${joins} where r.merged_into is null and ${where}`,
        values,
      );
    });
    const rows = await counted.catch((error: unknown) => {
      if ((error as { code?: unknown }).code === tookTooLong) {
        return [];
      }
      throw error;
    });
    return rows[0]?.count ?? null;
  }

  /** Now, on the database clock, and the day that it is where the organisation is: in the zone of its first service hours. */
  async moment(reader: Sql = this.database): Promise<SegmentMoment> {
    const [row] = await reader.query<{ now: Date; today: string }>(readMoment, [
      this.config.defaultCountry === 'IR' ? 'Asia/Tehran' : 'UTC',
    ]);
    return row as SegmentMoment;
  }

  private async conditionOf(reader: Sql, segmentId: string): Promise<SegmentCondition> {
    const [row] = await reader.query<{ condition: unknown }>('select condition from segment where id = $1', [
      segmentId,
    ]);
    if (!row) {
      throw notFound('This segment');
    }
    return readSegment(row.condition);
  }
}
