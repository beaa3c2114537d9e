import { Injectable } from '@nestjs/common';
import type { CalendarView, CompanyView, StartView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { ApiError } from '../../platform/errors/api-error.js';
import { CalendarSettings } from '../calendars/calendar-settings.service.js';
import { QueueSettings } from '../queues/queue-settings.service.js';
import type { CompanyDto, OwnStartDto, StartDto, StartQueueDto, StartWeekDto } from './start.dto.js';
import {
  hubStart,
  keepCompany,
  keepOwnStart,
  keepWizard,
  ownStart,
  readCompany,
  type HubStartRow,
  type OwnStartRow,
} from './start-rows.query.js';

/**
 * The way from a new hub to one that takes messages. What it writes are the same calendars and queues as in the settings. Each act may be
 * repeated as often as somebody reloads, opens a second window or starts the hub again in the middle of it: the outcome is the same.
 */
@Injectable()
export class FirstSteps {
  constructor(
    private readonly database: Database,
    private readonly calendars: CalendarSettings,
    private readonly queues: QueueSettings,
  ) {}

  async read(actor: Actor): Promise<StartView> {
    const [mine] = await this.database.query<OwnStartRow>(ownStart, [actor.id]);
    const [hub] = actor.role === 'admin' ? await this.database.query<HubStartRow>(hubStart, [actor.id]) : [];
    return { mine: mine ?? { done: [], dismissed: true }, hub: hub ?? null };
  }

  async keepMine(actor: Actor, { done, dismissed }: OwnStartDto): Promise<StartView> {
    await this.database.query(keepOwnStart, [actor.id, done ?? null, dismissed ?? null]);
    return this.read(actor);
  }

  async keepPlace(actor: Actor, { at, skip }: StartDto): Promise<StartView> {
    await this.database.query(keepWizard, [at ?? null, skip ?? null]);
    return this.read(actor);
  }

  /** Says whose hub it is, when somebody is there, and what the queues are called. */
  async setCompany(actor: Actor, wish: CompanyDto): Promise<StartView> {
    const known = await readCompany(this.database);
    const calendarId = await this.writeHours(actor, wish, known?.calendarId ?? null);
    for (const queue of wish.queues) {
      await this.writeQueue(actor, queue, { calendarId, former: known?.calendarId ?? null });
    }
    const { name, timeZone, locale } = wish;
    await this.database.transaction(async (tx) => {
      await keepCompany(tx, { name: name.trim(), timeZone, locale, calendarId } satisfies CompanyView);
      await recordAct(tx, { actorId: actor.id, action: 'company.set', subject: 'company', details: { locale } });
    });
    return this.read(actor);
  }

  /** @returns the calendar of the company, or null where it is always open. */
  private async writeHours(actor: Actor, wish: CompanyDto, former: string | null): Promise<string | null> {
    const { week, holidaysOf, timeZone } = wish;
    const known = await this.findCalendar(former, wish.hoursName);
    if (!week) {
      return week === null ? null : (known?.id ?? null);
    }
    const windows = windowsOf(week);
    const calendar = known
      ? await this.calendars.change(actor, known.id, { timeZone, windows })
      : await this.calendars
          .create(actor, { name: wish.hoursName, timeZone, windows })
          .catch(async (error: unknown) => {
            const made = isTaken(error) ? await this.findCalendar(null, wish.hoursName) : null;
            if (!made) {
              throw error;
            }
            return made;
          });
    if (holidaysOf !== undefined) {
      await this.calendars.addHolidays(actor, calendar.id, { country: holidaysOf, year: new Date().getFullYear() });
    }
    return calendar.id;
  }

  private async findCalendar(id: string | null, name: string): Promise<CalendarView | null> {
    const all = await this.calendars.list();
    return all.find((calendar) => calendar.id === id) ?? all.find((calendar) => calendar.name === name) ?? null;
  }

  /** A queue that counts by hours of its own keeps them. */
  private async writeQueue(
    actor: Actor,
    { id, name }: StartQueueDto,
    { calendarId, former }: { calendarId: string | null; former: string | null },
  ): Promise<void> {
    const named = async (): Promise<string | undefined> =>
      (await this.queues.list()).find((queue) => queue.name === name)?.id;
    const known = id ?? (await named());
    if (known === undefined) {
      await this.queues.create(actor, { name, memberIds: [actor.id], calendarId }).catch(async (error: unknown) => {
        if (!isTaken(error) || (await named()) === undefined) {
          throw error;
        }
      });
      return;
    }
    const before = await this.queues.get(known);
    const isOurs = before.calendarId === null || before.calendarId === former;
    if (before.name !== name || (isOurs && before.calendarId !== calendarId)) {
      await this.queues.change(actor, known, { name, ...(isOurs && { calendarId }) });
    }
  }
}

function windowsOf({ days, from, to }: StartWeekDto): { weekday: number; from: number; to: number }[] {
  return days.toSorted((a, b) => a - b).map((weekday) => ({ weekday, from, to }));
}

function isTaken(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'name_taken';
}
