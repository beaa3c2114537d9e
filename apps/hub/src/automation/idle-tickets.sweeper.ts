import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { changeTicket, findIdleEnds, findIdleTickets, takeIdleEnd, warnIdleTicket, type EndedWait } from '#tickets';
import { Database, isAway, type Transaction } from '../database/database.js';
import { AutomaticMessages } from '../delivery/automatic-messages.service.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';
import { SharedLook } from '../platform/operations/shared-look.js';
import { TicketTelling } from './ticket-telling.service.js';

const sweepMs = 30_000;
const batchSize = 50;

/** The way by which a ticket's customer wrote last ($1), and their language. */
const lastWay = `
select m.conversation_id as "conversationId", m.channel_id as "channelId", m.identity_id as "identityId", m.thread_id as "threadId", root.locale
from message m
join identity i on i.id = m.identity_id
join customer mine on mine.id = i.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
where m.ticket_id = $1 and m.direction = 'in' and m.channel_id is not null and m.kind <> 'call'
order by m.at desc limit 1`;

interface LastWay {
  conversationId: string;
  channelId: string;
  identityId: string;
  threadId: string | null;
  locale: string;
}

/**
 * Solves tickets whose customers do not answer, after a line that says so. Who is due stands in the rows, on the database clock: what a
 * node misses the next sweep does, and of several nodes one does it.
 */
@Injectable()
export class IdleTickets implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(IdleTickets.name);
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.sweepAll());
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly telling: TicketTelling,
    private readonly messages: AutomaticMessages,
    private readonly config: HubConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.rounds = startRounds(
        sweepMs,
        () => this.sweep().catch((error: unknown) => this.logger.debug(`idle tickets wait: ${String(error)}`)),
        'idle-tickets',
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Ends what is over, then warns of what will be. Returns how many tickets that were; calls during a sweep share the next. */
  sweep(): Promise<number> {
    return this.looks.take();
  }

  private async sweepAll(): Promise<number> {
    const ended = await this.each(findIdleEnds, (tx, id) => this.end(tx, id));
    return ended + (await this.each(findIdleTickets, (tx, id) => this.warn(tx, id)));
  }

  /** Each has a transaction of its own; one that fails is left out of this sweep and holds up no other. */
  private async each(
    find: typeof findIdleEnds,
    act: (tx: Transaction, ticketId: string) => Promise<boolean>,
  ): Promise<number> {
    const seen: string[] = [];
    let done = 0;
    for (;;) {
      const due = await find(this.database, { limit: batchSize, except: seen });
      for (const id of due) {
        if (this.stopped) {
          return done;
        }
        const isDone = await this.tryTo(id, act);
        done += Number(isDone);
        // What is done is not found again; a list of all that were would grow with the backlog.
        seen.push(...(isDone ? [] : [id]));
      }
      if (due.length < batchSize) {
        return done;
      }
    }
  }

  private async tryTo(id: string, act: (tx: Transaction, ticketId: string) => Promise<boolean>): Promise<boolean> {
    try {
      return await this.database.transaction((tx) => act(tx, id));
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.logger.error(`idle ticket ${id} waits for the next sweep: ${String(error)}`);
      return false;
    }
  }

  private async warn(tx: Transaction, ticketId: string): Promise<boolean> {
    const idle = await warnIdleTicket(tx, ticketId);
    if (idle) {
      await this.telling.happened(tx, idle.ticket, null, {
        name: 'ticket.idle',
        closesAt: idle.closesAt.toISOString(),
      });
    }
    return idle !== null;
  }

  private async end(tx: Transaction, ticketId: string): Promise<boolean> {
    const ended = await takeIdleEnd(tx, ticketId);
    if (!ended) {
      return false;
    }
    await this.say(tx, ended);
    const { ticket } = ended;
    const result = await changeTicket(tx, { ticketId, version: ticket.version, state: 'solved', by: null });
    if (result.outcome === 'changed') {
      await this.telling.changed(tx, result.ticket, { ...result, to: 'solved', by: null });
    }
    return result.outcome === 'changed';
  }

  /** By the way that they wrote by, if nothing stands against it; a ticket is solved all the same. */
  private async say(tx: Transaction, { ticket, texts }: EndedWait): Promise<void> {
    const [way] = await tx.query<LastWay & Record<string, unknown>>(lastWay, [ticket.id]);
    const isPersian = way?.locale.startsWith('fa') === true;
    const body = (isPersian ? texts.fa || texts.en : texts.en || texts.fa) ?? '';
    if (way && body !== '') {
      await this.messages.write(tx, { ...way, ticketId: ticket.id, body, inChat: true });
    }
  }
}
