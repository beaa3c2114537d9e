import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DateTime } from 'luxon';
import {
  cdrQuery,
  cdrSince,
  followCdrTable,
  type AgentChoice,
  type CdrTableCursor,
  type CdrTableRow,
  type CdrTableSettings,
  type InboundCall,
} from '#channels';
import { HubConfig } from '#config';
import type { CdrCheckView, CdrReadingView } from '#contract';
import { Database } from '../../database/database.js';
import { Receiving } from '../../intake/receiving.service.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { Log } from '../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { openCdrDatabase, type CdrDatabase } from './cdr-database.js';

const lookMs = 5_000;
/** A look is over by then, or its node is dead and another one looks. */
const heldMs = 120_000;
const restAfterTroubleMs = 60_000;
const pageRows = 1_000;
/** So many new rows are taken in one look; the next one follows at once. */
const mostNewRows = 5_000;
/** Calls that ended longer ago are history when they are found: nobody waits for a call back any more. */
const pastMs = 24 * 60 * 60_000;

/** How the cursor writes an instant of the exchange's clock. */
const written = 'yyyy-LL-dd HH:mm:ss';

interface Source {
  channel: OpenChannel;
  table: CdrTableSettings;
  password: string;
  defaultCountry: string;
}

/**
 * Reads the tables that exchanges write their call records into. One node looks at a time, by a row that says when the next look is due; a
 * look begins a while before the last record, knows the records that it saw, and tells each call by the exchange's own id, so what another
 * source told already only grows.
 */
@Injectable()
export class CdrReader implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly agentFor: AgentChoice;
  private rounds: Rounds | null = null;

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly receiving: Receiving,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {
    this.agentFor = guardAddresses(config.outboundAllow);
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.rounds = startRounds(lookMs, () => this.lookAtAll(), 'call-logs');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  async standing(channelId: string): Promise<CdrReadingView> {
    const [row] = await this.database.query<{ readAt: Date | null; problem: string | null; problemAt: Date | null }>(
      `select read_at as "readAt", problem, problem_at as "problemAt" from cdr_reading where channel_id = $1`,
      [channelId],
    );
    return {
      readAt: row?.readAt?.toISOString() ?? null,
      problem: row?.problem ?? null,
      problemAt: row?.problemAt?.toISOString() ?? null,
    };
  }

  /** Tries a table as it would be read, moving nothing. */
  async check(channelId: string): Promise<CdrCheckView[]> {
    const channel = this.channels.find(channelId);
    if (channel?.kind !== 'phone') {
      throw notFound('This phone channel');
    }
    const source = sourceOf(channel);
    if (!source) {
      throw conflict('no_records', 'Say first where the exchange keeps its call records.');
    }
    let database: CdrDatabase | null = null;
    try {
      database = await this.open(source);
      return [okay('connect', 'The database answers.'), ...(await checkTable(database, source))];
    } catch (error) {
      return [{ step: database ? 'table' : 'connect', state: 'failed', code: codeOf(error), text: messageOf(error) }];
    } finally {
      await database?.close();
    }
  }

  /** One look at a channel's table, if it is due. Whether there may be more behind what was taken. */
  async lookAt(channel: OpenChannel): Promise<boolean> {
    const source = sourceOf(channel);
    const held = source && (await this.hold(channel.id));
    if (!source || !held) {
      return false;
    }
    try {
      return await this.look(source, held.cursor);
    } catch (error) {
      this.log.warn('Call records could not be read.', { channel: channel.id, reason: messageOf(error) });
      await this.database.query(
        `update cdr_reading set problem = $2, problem_at = clock_timestamp(), due_at = clock_timestamp() + $3 * interval '1 millisecond' where channel_id = $1`,
        [channel.id, messageOf(error), restAfterTroubleMs],
      );
      return false;
    }
  }

  private async lookAtAll(): Promise<void> {
    try {
      for (const channel of this.channels.all().filter(({ enabled }) => enabled)) {
        while (await this.lookAt(channel)) {
          // What is behind is read at once.
        }
      }
    } catch (error) {
      this.log.warn('Tables of call records are looked at later.', { reason: messageOf(error) });
    }
  }

  private async hold(channelId: string): Promise<{ cursor: CdrTableCursor | null } | undefined> {
    const [held] = await this.database.query<{ cursor: CdrTableCursor | null }>(
      `insert into cdr_reading as r (channel_id, due_at) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
       on conflict (channel_id) do update set due_at = excluded.due_at where r.due_at <= clock_timestamp()
       returning cursor`,
      [channelId, heldMs],
    );
    return held;
  }

  private async look(source: Source, before: CdrTableCursor | null): Promise<boolean> {
    const { channel, table, defaultCountry } = source;
    const database = await this.open(source);
    const now = clockOf(table).toFormat(written);
    const { rows, isBehind } = await readRows(database, table, before, now).finally(() => void database.close());
    const { calls, cursor } = followCdrTable(rows, before, table, { defaultCountry, now });
    const oldest = Date.now() - pastMs;
    const isPast = ({ endedAt }: InboundCall): boolean => (endedAt?.getTime() ?? 0) < oldest;
    await this.receiving.takePast(channel, calls.filter(isPast));
    await this.receiving.take(
      channel,
      calls.filter((call) => !isPast(call)),
    );
    await this.database.query(
      `update cdr_reading set cursor = $2, read_at = clock_timestamp(), problem = null, problem_at = null,
         due_at = clock_timestamp() + $3 * interval '1 second' where channel_id = $1`,
      [channel.id, JSON.stringify(cursor), isBehind ? 0 : table.everySeconds],
    );
    return isBehind;
  }

  private open({ table, password }: Source): Promise<CdrDatabase> {
    return openCdrDatabase(table, password, this.agentFor);
  }
}

function sourceOf(channel: OpenChannel): Source | null {
  const { records, recordsPassword, defaultCountry } = channel.account.settings as {
    records?: CdrTableSettings;
    recordsPassword?: string;
    defaultCountry?: string;
  };
  return channel.kind === 'phone' && records
    ? { channel, table: records, password: recordsPassword ?? '', defaultCountry: defaultCountry ?? 'IR' }
    : null;
}

/** The exchange's clock, were it right. */
function clockOf({ timeZone }: CdrTableSettings): DateTime {
  return DateTime.now().setZone(timeZone);
}

/** Pages follow each other by time. A page that is of one second only is asked for again, larger. */
async function readRows(
  database: CdrDatabase,
  table: CdrTableSettings,
  cursor: CdrTableCursor | null,
  now: string,
): Promise<{ rows: CdrTableRow[]; isBehind: boolean }> {
  const rows = new Map<string, CdrTableRow>();
  const before = cursor?.seen.length ?? 0;
  let since = cdrSince(cursor, now, table);
  let limit = pageRows;
  for (;;) {
    const page = (await database.query(cdrQuery(table, limit), [since])) as CdrTableRow[];
    page.forEach((row) => rows.set(JSON.stringify(row), row));
    const last = page.at(-1)?.peyk_at ?? since;
    if (page.length < limit) {
      return { rows: [...rows.values()], isBehind: false };
    }
    if (rows.size > before + mostNewRows) {
      return { rows: [...rows.values()], isBehind: true };
    }
    limit = last === since ? limit * 2 : pageRows;
    since = last;
  }
}

async function checkTable(database: CdrDatabase, { table, defaultCountry }: Source): Promise<CdrCheckView[]> {
  const clock = clockOf(table);
  const since = clock.minus({ days: 30 }).toFormat(written);
  const rows = (await database.query(cdrQuery(table, pageRows), [since])) as CdrTableRow[];
  const steps = [okay('table', 'The table can be read.')];
  if (rows.length === 0) {
    return [
      ...steps,
      { step: 'records', state: 'skipped', code: 'no_records', text: 'There are no records of the last 30 days.' },
    ];
  }
  const missing = ['src', 'dst', 'disposition', 'uniqueid'].filter((name) => rows[0]?.[name] === undefined);
  const { calls, faults } = followCdrTable(rows, null, table, { defaultCountry, now: clock.toFormat(written) });
  const columns: CdrCheckView =
    missing.length === 0
      ? okay('columns', 'The columns are those of call records.')
      : {
          step: 'columns',
          state: 'failed',
          code: 'no_columns',
          text: `These columns are missing: ${missing.join(', ')}.`,
        };
  const lacks = calls.length > 0 && calls.every(({ outcome }) => outcome === 'answered');
  return [
    ...steps,
    columns,
    lacks
      ? {
          step: 'records',
          state: 'failed',
          code: 'lacks_unanswered',
          text: 'No call that nobody answered is among them: set unanswered=yes in cdr.conf.',
        }
      : okay(
          'records',
          `${String(rows.length)} records tell of ${String(calls.length)} calls; ${String(faults)} cannot be read.`,
        ),
  ];
}

function okay(step: CdrCheckView['step'], text: string): CdrCheckView {
  return { step, state: 'ok', code: 'ok', text };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'failed';
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500) || codeOf(error);
}
