import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { normalisePhone } from '#channels';
import { HubConfig } from '#config';
import type { VisitorCallbackWay, VisitorStanding } from '#contract';
import { isLongerThan, type WaitEstimate } from '#tickets';
import { Database, type Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { conflict, invalid } from '../platform/errors/api-error.js';
import { takeTurn } from '../platform/errors/take-turn.js';
import { Callbacks } from '../waiting/callbacks.service.js';
import { WaitingQueues, type WaitingQueue } from '../waiting/waiting-queues.service.js';
import type { KnownVisitor } from './visitor-people.query.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';
import { visitorStanding, type StandingRow } from './visitor-standing.query.js';

/** What a visitor wants of it; a null way takes back what they asked for. */
export interface CallbackWish {
  way: VisitorCallbackWay | null;
  phone: string;
}

/** Takes the conversation for a change, with the root that it belongs to. Parameter: the visitor's conversation. */
const lockTalk = `
select c.rev, coalesce(k.merged_into, k.id) as "customerId" from conversation c join customer k on k.id = c.customer_id
where c.id = $1 for no key update of c`;

/** Visitors who would rather be called than wait: their place in the queue stays theirs. */
@Injectable()
export class VisitorCallbacks {
  /** People change their mind a few times; a script would keep colleagues busy with strangers' numbers. */
  private readonly wishes = new RateLimiterMemory({ points: 10, duration: 3600 });

  constructor(
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly queues: WaitingQueues,
    private readonly callbacks: Callbacks,
    private readonly sockets: VisitorSockets,
    private readonly bus: EventBus,
  ) {}

  /** What they are offered and what they asked for; null: neither. */
  async read(
    standing: StandingRow,
    place: VisitorStanding['queue'],
    canText: boolean,
  ): Promise<VisitorStanding['callback']> {
    const asked = askedBy(standing);
    const queue = standing.queue === null || place === null ? null : await this.queues.find(standing.queue);
    const isOffered = asked !== null || standing.stepped || isLong(queue, place);
    const ways = isOffered ? waysOf(queue, canText) : [];
    return asked === null && ways.length === 0 ? null : { ways, asked };
  }

  async wish(socket: VisitorSocket, { way, phone }: CallbackWish): Promise<Record<string, never>> {
    const { seat } = socket.data;
    await takeTurn(this.wishes, seat.visitorId);
    const known = await this.sockets.know(socket);
    const number = way === null ? '' : this.readPhone(phone);
    if (!known) {
      throw notWaiting();
    }
    await this.database.transaction((tx) =>
      way === null ? this.takeBack(tx, known) : this.request(tx, seat.channelId, known, { way, phone: number }),
    );
    // A number that they gave is a way to answer that agents see from here on.
    this.bus.emit('address.changed', { kind: 'web', address: seat.visitorId });
    return {};
  }

  private async request(
    tx: Transaction,
    channelId: string,
    known: KnownVisitor,
    { way, phone }: { way: VisitorCallbackWay; phone: string },
  ): Promise<void> {
    const [talk] = await tx.query<{ rev: number; customerId: string }>(lockTalk, [known.conversationId]);
    const { work, queue: queueId } = await this.standingOf(tx, known);
    const queue = queueId === null ? null : await this.queues.find(queueId, tx);
    const { callback } = queue?.terms ?? {};
    if (!talk || work === null || !callback?.isOn || !callback.ways.includes(way)) {
      throw notWaiting();
    }
    const { customerId, rev } = talk;
    const asker = { workId: work, channelId, customerId, ...known };
    if ((await this.callbacks.request(tx, asker, { way, address: phone, rev })) === null) {
      throw notWaiting();
    }
  }

  private async takeBack(tx: Transaction, known: KnownVisitor): Promise<void> {
    const { callback } = await this.standingOf(tx, known);
    if (callback) {
      const ending = { as: 'cancelled', reason: 'customer', by: null, from: ['requested', 'due'] } as const;
      await this.callbacks.end(tx, callback.id, { ...ending, from: [...ending.from] });
    }
  }

  private async standingOf(
    tx: Transaction,
    { conversationId, identityId, person }: KnownVisitor,
  ): Promise<Pick<StandingRow, 'work' | 'queue' | 'callback'>> {
    const parameters = [conversationId, identityId, person];
    const [row] = await tx.query<StandingRow & Record<string, unknown>>(visitorStanding, parameters);
    return row ?? { work: null, queue: null, callback: null };
  }

  private readPhone(written: string): string {
    if (written.trim() === '') {
      throw invalid('phone', 'Fill this in.', 'phone_missing');
    }
    const phone = normalisePhone(written, this.config.defaultCountry);
    if (phone?.kind !== 'phone') {
      throw invalid('phone', 'This is not a valid number.', 'phone_invalid');
    }
    return phone.e164;
  }
}

type Asked = NonNullable<VisitorStanding['callback']>['asked'];

function askedBy({ callback }: StandingRow): Asked {
  return callback && callback.way !== 'same' ? { way: callback.way, phone: callback.address } : null;
}

function isLong(queue: WaitingQueue | null, place: VisitorStanding['queue']): boolean {
  const limit = queue?.terms.callback.afterMinutes ?? null;
  if (limit === null || place === null || place.minutes === null) {
    return false;
  }
  return isLongerThan({ minutes: place.minutes as WaitEstimate['minutes'], isMore: place.isMore }, limit);
}

function waysOf(queue: WaitingQueue | null, canText: boolean): VisitorCallbackWay[] {
  const { isOn = false, ways = [] } = queue?.terms.callback ?? {};
  return isOn ? (['call', 'sms'] as const).filter((way) => ways.includes(way) && (way === 'call' || canText)) : [];
}

function notWaiting(): Error {
  return conflict('not_waiting', 'You are not waiting any more.');
}
