import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { CalendarView } from '#contract';
import { calendarHours, hoursOn, localTime, recountAll, serviceTime, type ServiceHours } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct } from '../../auth/record-act.js';
import { SlaBook } from '../../automation/sla/sla-book.service.js';
import { SlaCatalogues } from '../../automation/sla/sla-catalogue.service.js';
import { SlaSweeper } from '../../automation/sla/sla.sweeper.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import type {
  ChangeCalendarDto,
  CloseTodayDto,
  DayExceptionDto,
  HolidaysDto,
  NewCalendarDto,
} from './calendars.dto.js';
import { publicHolidays } from './public-holidays.js';

const view = `select c.id, c.name, ${calendarHours} from calendar c`;

const insertWindows = `
insert into calendar_window (calendar_id, valid, dow, minutes)
select $1, daterange(w.since, w.until), w.weekday, int4range(w."from", w."to")
from jsonb_to_recordset($2::jsonb) as w(weekday smallint, "from" int, "to" int, since date, until date)`;

const insertExceptions = `
insert into calendar_exception (calendar_id, day, label, minutes)
select $1, e.day, coalesce(e.label, '{}'), coalesce((
  select range_agg(int4range((h ->> 'from')::int, (h ->> 'to')::int)) from jsonb_array_elements(e.hours) h), '{}')
from jsonb_to_recordset($2::jsonb) as e(day date, label jsonb, hours jsonb)`;

/**
 * Service hours by name. Whoever changes them changes what promises that run now count by, so those are counted anew in the same
 * transaction: what was used until now stays used.
 */
@Injectable()
export class CalendarSettings {
  constructor(
    private readonly database: Database,
    private readonly catalogues: SlaCatalogues,
    private readonly book: SlaBook,
    private readonly sla: SlaSweeper,
  ) {}

  list(): Promise<CalendarView[]> {
    return this.database.query<CalendarView & Record<string, unknown>>(`${view} order by c.name, c.id`);
  }

  async create(actor: Actor, calendar: NewCalendarDto): Promise<CalendarView> {
    const id = uuid();
    await this.database
      .transaction(async (tx) => {
        await tx.query('insert into calendar (id, name, tz) values ($1, $2, $3)', [
          id,
          calendar.name,
          checkedZone(calendar.timeZone),
        ]);
        await this.write(tx, id, calendar);
        await recordAct(tx, { actorId: actor.id, action: 'calendar.created', subject: id });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeCalendarDto): Promise<CalendarView> {
    await this.changeHours(actor, id, () => Promise.resolve(change));
    return this.get(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database
      .transaction(async (tx) => {
        await tx.query('delete from calendar_window where calendar_id = $1', [id]);
        await tx.query('delete from calendar_exception where calendar_id = $1', [id]);
        if ((await tx.query('delete from calendar where id = $1 returning id', [id])).length === 0) {
          throw notFound('This calendar');
        }
        await this.refuseInUse(tx, id);
        await recordAct(tx, { actorId: actor.id, action: 'calendar.removed', subject: id });
      })
      .catch(explain);
  }

  /** Today is the day on the wall of the calendar's place. What was open of it until now stays so. */
  async setToday(actor: Actor, id: string, { is, label }: CloseTodayDto): Promise<CalendarView> {
    await this.changeHours(actor, id, (tx, hours) => {
      const { day, minute } = localTime(hours.timeZone, Date.now());
      const others = this.exceptionsOf(tx, id, day);
      const open = hoursOn(hours, day)
        .map(({ from, to }) => ({ from, to: Math.min(to, minute) }))
        .filter(({ from, to }) => from < to);
      return others.then((exceptions) => ({
        exceptions: is === 'usual' ? exceptions : [...exceptions, { day, hours: open, ...(label && { label }) }],
      }));
    });
    return this.get(id);
  }

  async addHolidays(actor: Actor, id: string, { country, year }: HolidaysDto): Promise<CalendarView> {
    const found = await publicHolidays(country, year);
    if (found.length === 0) {
      throw invalid('country', 'No public holidays are known for this country and year.');
    }
    await this.changeHours(actor, id, async (tx) => {
      const known = await this.exceptionsOf(tx, id, null);
      const days = new Map(
        [...found.map(({ day, label }) => ({ day, label, hours: [] })), ...known].map((one) => [one.day, one]),
      );
      return { exceptions: [...days.values()] };
    });
    return this.get(id);
  }

  private async changeHours(
    actor: Actor,
    id: string,
    decide: (tx: Transaction, hours: ServiceHours) => Promise<ChangeCalendarDto>,
  ): Promise<void> {
    // What happened before the change is counted by the hours before it.
    await this.sla.sweep();
    await this.database
      .transaction(async (tx) => {
        await tx.query('select 1 from calendar where id = $1 for no key update', [id]);
        const before = await this.catalogues.hoursOf(tx, id);
        if (!before) {
          throw notFound('This calendar');
        }
        await this.write(tx, id, await decide(tx, before));
        await this.recount(tx, id, before);
        const after = (await this.catalogues.hoursOf(tx, id)) ?? {};
        const details = { changes: diffOf({ ...before }, { ...after }) };
        await recordAct(tx, { actorId: actor.id, action: 'calendar.changed', subject: id, details });
      })
      .catch(explain);
  }

  private async write(tx: Transaction, id: string, change: ChangeCalendarDto): Promise<void> {
    const { name, timeZone, windows, exceptions } = change;
    await tx.query('update calendar set name = coalesce($2, name), tz = coalesce($3, tz) where id = $1', [
      id,
      name ?? null,
      timeZone === undefined ? null : checkedZone(timeZone),
    ]);
    if (windows) {
      await tx.query('delete from calendar_window where calendar_id = $1', [id]);
      await tx.query(insertWindows, [id, JSON.stringify(windows)]);
    }
    if (exceptions) {
      await tx.query('delete from calendar_exception where calendar_id = $1', [id]);
      await tx.query(insertExceptions, [id, JSON.stringify(exceptions)]);
    }
  }

  private async recount(tx: Transaction, id: string, before: ServiceHours): Promise<void> {
    const rows = await tx.query<{ ticket_id: string }>(
      `select distinct ticket_id from sla_clock where calendar_id = $1 and state = 'running'`,
      [id],
    );
    if (rows.length === 0) {
      return;
    }
    const [{ ms }] = (await tx.query<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    )) as [{ ms: number }];
    const old = serviceTime(before);
    await this.book.turn(
      tx,
      rows.map((row) => row.ticket_id),
      (ticket, rules) => ({
        clocks: recountAll(
          ticket.clocks,
          Math.floor(ms),
          ({ terms, time }) => (terms.calendarId === id ? old : time),
          rules.termsOf,
        ),
        told: [],
      }),
    );
  }

  private async exceptionsOf(tx: Transaction, id: string, except: string | null): Promise<DayExceptionDto[]> {
    const [row] = await tx.query<{ exceptions: DayExceptionDto[] }>(`${view} where c.id = $1`, [id]);
    return (row?.exceptions ?? []).filter(({ day }) => day !== except);
  }

  private async refuseInUse(tx: Transaction, id: string): Promise<void> {
    const used = await tx.query(
      `select 1 from sla_policy_version where body ->> 'calendarId' = $1 and status in ('draft', 'published') limit 1`,
      [id],
    );
    if (used.length > 0) {
      throw conflict('in_use', 'A policy counts by this calendar. Give it another one first.');
    }
  }

  private async get(id: string): Promise<CalendarView> {
    const [row] = await this.database.query<CalendarView & Record<string, unknown>>(`${view} where c.id = $1`, [id]);
    if (!row) {
      throw notFound('This calendar');
    }
    return row;
  }
}

function checkedZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw invalid('timeZone', 'There is no time zone of this name.');
  }
}

function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505') {
    throw constraint === 'calendar_exception_pkey'
      ? invalid('exceptions', 'A day is named twice.')
      : conflict('name_taken', 'There is a calendar of this name.', 'name');
  }
  if (code === '23P01') {
    throw invalid('windows', 'Two openings of a day overlap.');
  }
  if (code === '23514' || code === '22000') {
    throw invalid('windows', 'An opening ends before it begins.');
  }
  if (code === '23503') {
    throw conflict('in_use', 'Queues or promises count by this calendar. Give them another one first.');
  }
  throw error;
}
