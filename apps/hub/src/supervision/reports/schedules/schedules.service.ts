import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { normaliseEmail } from '#channels';
import type { ReportName, ReportScheduleView, ReportWish } from '#contract';
import { oversees, type Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database, type Transaction } from '../../../database/database.js';
import { invalid, notFound } from '../../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../../settings/channel-directory.service.js';
import { readQuestion } from '../questions/read-question.js';
import { nextTime } from './next-time.js';
import type { ChangeScheduleDto, NewScheduleDto } from './schedules.dto.js';

export interface ScheduleRow {
  id: string;
  name: string;
  report: ReportName;
  query: ReportWish;
  every: ReportScheduleView['every'];
  at_minute: number;
  zone: string;
  addresses: string[];
  channel_id: string;
  locale: 'en' | 'fa';
  enabled: boolean;
  owner_id: string;
  owner: string;
  next_at: Date;
  last_sent_at: Date | null;
  last_problem: string | null;
}

export const scheduleRows = `
select s.*, a.name as owner from report_schedule s join agent a on a.id = s.owner_id`;

/** Parameters: whether the actor oversees everything, and who they are. */
const isTheirs = '($1 or s.owner_id = $2)';

type Terms = Required<Omit<ChangeScheduleDto, 'query'>> & { query: ReportWish };

const usual = { query: {}, atLocalTime: '08:00', zone: 'UTC', locale: 'en', enabled: true } as const;

/** Reports that are mailed. Whoever changes one makes it their own: it tells what they may know. */
@Injectable()
export class ReportSchedules {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  /** Those of an actor; whoever oversees everything sees everybody's, and may change, send and end them. */
  async list(actor: Actor): Promise<ReportScheduleView[]> {
    const rows = await this.database.query<ScheduleRow & Record<string, unknown>>(
      `${scheduleRows} where ${isTheirs} order by s.name, s.id`,
      [oversees(actor), actor.id],
    );
    return rows.map(present);
  }

  async create(actor: Actor, dto: NewScheduleDto): Promise<ReportScheduleView> {
    const id = uuid();
    await this.write(actor, id, { ...usual, ...given(dto) } as Terms, 'made');
    return this.get(actor, id);
  }

  async change(actor: Actor, id: string, dto: ChangeScheduleDto): Promise<ReportScheduleView> {
    const before = await this.get(actor, id);
    await this.write(actor, id, { ...before, ...given(dto) } as Terms, 'changed');
    return this.get(actor, id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [gone] = await tx.query<{ name: string }>(
        `delete from report_schedule s where ${isTheirs} and s.id = $3 returning name`,
        [oversees(actor), actor.id, id],
      );
      if (!gone) {
        throw notFound('This schedule');
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'report_schedule.removed',
        subject: id,
        details: { name: gone.name },
      });
    });
  }

  /** Has it sent as soon as may be, beside its own times. */
  async sendNow(actor: Actor, id: string): Promise<ReportScheduleView> {
    await this.database.transaction(async (tx) => {
      const due = await tx.query(
        `insert into report_sending (id, schedule_id, for_at)
         select $4, s.id, clock_timestamp() from report_schedule s where ${isTheirs} and s.id = $3 returning id`,
        [oversees(actor), actor.id, id, uuid()],
      );
      if (due.length === 0) {
        throw notFound('This schedule');
      }
      await recordAct(tx, { actorId: actor.id, action: 'report_schedule.sent', subject: id });
    });
    return this.get(actor, id);
  }

  private async get(actor: Actor, id: string): Promise<ReportScheduleView> {
    const [row] = await this.database.query<ScheduleRow & Record<string, unknown>>(
      `${scheduleRows} where ${isTheirs} and s.id = $3`,
      [oversees(actor), actor.id, id],
    );
    if (!row) {
      throw notFound('This schedule');
    }
    return present(row);
  }

  private async write(actor: Actor, id: string, terms: Terms, how: 'made' | 'changed'): Promise<void> {
    const addresses = this.check(terms);
    const { name, report, query, every, atLocalTime, zone, channelId, locale, enabled } = terms;
    const atMinute = minuteOf(atLocalTime);
    await this.database.transaction(async (tx) => {
      const calendar = query.calendar ?? 'gregorian';
      const next = nextTime({ every, atMinute, zone, calendar }, await now(tx));
      await tx.query(
        `insert into report_schedule (id, name, report, query, every, at_minute, zone, addresses, channel_id, locale, enabled, owner_id, next_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (id) do update set name = $2, report = $3, query = $4, every = $5, at_minute = $6, zone = $7, addresses = $8,
           channel_id = $9, locale = $10, enabled = $11, owner_id = $12, next_at = $13`,
        [
          id,
          name.trim(),
          report,
          JSON.stringify(query),
          every,
          atMinute,
          zone,
          addresses,
          channelId,
          locale,
          enabled,
          actor.id,
          next,
        ],
      );
      const details = { report, every, to: addresses.length, channelId };
      await recordAct(tx, { actorId: actor.id, action: `report_schedule.${how}`, subject: id, details });
    });
  }

  /** Refuses what could never be sent. Returns the addresses as mail takes them. */
  private check({ report, query, zone, channelId, to }: Terms): string[] {
    if (this.channels.find(channelId)?.kind !== 'email') {
      throw invalid('channelId', 'Choose a mailbox.', 'not_a_mailbox');
    }
    readQuestion(
      report,
      { compare: 'none', calendar: 'gregorian', ...query, from: '2026-01-01', to: '2026-01-01', zone },
      null,
    );
    const addresses = to.map((address) => normaliseEmail(address));
    const wrong = addresses.indexOf(null);
    if (wrong !== -1) {
      throw invalid('to', `${to[wrong] ?? ''} is not an e-mail address.`, 'email_invalid');
    }
    return [...new Set(addresses as string[])];
  }
}

async function now(tx: Transaction): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  return (row as { now: Date }).now;
}

function given(dto: ChangeScheduleDto): Partial<ChangeScheduleDto> {
  return Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined));
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function present(row: ScheduleRow): ReportScheduleView {
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    id: row.id,
    name: row.name,
    report: row.report,
    query: row.query,
    every: row.every,
    atLocalTime: `${two(Math.floor(row.at_minute / 60))}:${two(row.at_minute % 60)}`,
    zone: row.zone,
    to: row.addresses,
    channelId: row.channel_id,
    locale: row.locale,
    enabled: row.enabled,
    owner: { id: row.owner_id, name: row.owner },
    nextAt: row.enabled ? row.next_at.toISOString() : null,
    lastSentAt: row.last_sent_at?.toISOString() ?? null,
    lastProblem: row.last_problem,
  };
}
