import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { readWaitingTerms, serviceTime, type ServiceTime, type WaitingTerms } from '#tickets';
import { SlaCatalogues } from '../automation/sla/sla-catalogue.service.js';
import { Database } from '../database/database.js';
import { Remembered } from '../live/remembered.js';

/** A queue as those who wait in it know it. */
export interface WaitingQueue {
  id: string;
  terms: WaitingTerms;
  /** The calendar outside of which nothing is given out; null: it is never closed. */
  calendarId: string | null;
  /** The zone that its hours are told in. */
  timeZone: string | null;
}

/** Whether a queue gives out work, and when it does again. Instants in milliseconds of the Unix epoch. */
export interface QueueHours {
  isOpen: boolean;
  /** Null while it is open, and where nobody knows. */
  opensAt: number | null;
}

/** How long what was changed may still be read as it was. */
const freshMs = 10_000;
const all = '';

/** What out_of_hours says is read by name: it is another stage's word, and absent where that stage has none. */
const queues = `
select q.id, q.waiting, c.tz as "timeZone", jsonb_path_exists(q.steps, '$[*] ? (@.do == "callback")') as "stepsOffer",
       case when to_jsonb(q) ->> 'out_of_hours' = 'route' then null else c.id end as "calendarId"
from queue q left join calendar c on c.id = q.calendar_id`;

interface QueueRow extends Omit<WaitingQueue, 'terms'> {
  waiting: Partial<WaitingTerms>;
  /** One of its steps is to offer a call back. */
  stepsOffer: boolean;
}

/** What queues say to those who wait in them, and their hours: the same for every channel that leads there. */
@Injectable()
export class WaitingQueues {
  private known = new Remembered<ReadonlyMap<string, WaitingQueue>>(freshMs);
  private times = new Remembered<ServiceTime | null>(freshMs);

  constructor(
    private readonly database: Database,
    private readonly catalogues: SlaCatalogues,
  ) {}

  /** After a change here; other nodes find out by themselves. */
  forget(): void {
    this.known = new Remembered(freshMs);
    this.times = new Remembered(freshMs);
  }

  /** `sql`: the transaction that asks, which must not wait for a connection of somebody else's. */
  list(sql: Sql = this.database): Promise<ReadonlyMap<string, WaitingQueue>> {
    return this.known.get(all, async () => {
      const rows = await sql.query<QueueRow & Record<string, unknown>>(queues);
      return new Map(rows.map((row) => [row.id, waitingQueueOf(row)]));
    });
  }

  async find(queueId: string, sql?: Sql): Promise<WaitingQueue | null> {
    return (await this.list(sql)).get(queueId) ?? null;
  }

  /** The hours that a queue keeps; null for one that is never closed. */
  async timeOf(queueId: string): Promise<ServiceTime | null> {
    const calendarId = (await this.find(queueId))?.calendarId ?? null;
    return calendarId === null ? null : this.times.get(calendarId, () => this.readTime(calendarId));
  }

  async hoursOf(queueId: string, now: number): Promise<QueueHours> {
    const time = await this.timeOf(queueId);
    const isOpen = time?.isOpen(now) ?? true;
    return { isOpen, opensAt: isOpen ? null : (time?.nextOpening(now) ?? null) };
  }

  private async readTime(calendarId: string): Promise<ServiceTime | null> {
    const hours = await this.catalogues.hoursOf(this.database, calendarId);
    return hours && serviceTime(hours);
  }
}

/** A step that offers a call back means it, also where nothing is offered for a long wait. */
function waitingQueueOf({ id, waiting, stepsOffer, calendarId, timeZone }: QueueRow): WaitingQueue {
  const terms = readWaitingTerms(waiting);
  const isByStep = stepsOffer && !terms.callback.isOn;
  const callback = isByStep ? { ...terms.callback, isOn: true, afterMinutes: null } : terms.callback;
  return { id, calendarId, timeZone, terms: { ...terms, callback } };
}
