import { Injectable, Logger } from '@nestjs/common';
import { failpoint } from '#failpoint';
import {
  endQuestions,
  expireOffer,
  listDueSnoozes,
  listDueSteps,
  listExpiredOffers,
  listLostOffers,
  listSleepingSteps,
  putStepOff,
  revokeLostOffer,
  serviceTime,
  takeStep,
  wakeDueTicket,
  type DueOffer,
  type DueStep,
  type SleepingStep,
  type StepTaken,
  type UnansweredOffer,
} from '#tickets';
import { Database, isAway, type Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { OfferTelling } from './offers/offer-telling.service.js';
import { SlaCatalogues } from './sla/sla-catalogue.service.js';
import { SnoozeTelling } from './snooze-telling.service.js';
import { TicketTelling } from './ticket-telling.service.js';

/** What one turn does of a kind at most; the rest is still due and comes next. */
const perTurn = 50;

/**
 * Does what of routing is due by the database's clock: offers that ran out or whose agents are gone, what queues do about work that waits
 * too long, and tickets that wake. Each has a transaction of its own: one that fails holds up no other, and stays due.
 */
@Injectable()
export class DueWork {
  private readonly logger = new Logger(DueWork.name);

  constructor(
    private readonly database: Database,
    private readonly telling: OfferTelling,
    private readonly tickets: TicketTelling,
    private readonly snoozes: SnoozeTelling,
    private readonly calendars: SlaCatalogues,
    private readonly bus: EventBus,
  ) {}

  /** Does what is due, some of each kind. Returns how much that was; other nodes may have done the rest. */
  async turn(): Promise<number> {
    const expired = await this.each(await listExpiredOffers(this.database, perTurn), (tx, offer) =>
      this.expire(tx, offer),
    );
    const lost = await this.revokeLost(null);
    const asked = await this.endQuestions();
    const steps = await this.each(await listDueSteps(this.database, perTurn), (tx, step) => this.takeStep(tx, step));
    const sleeping = await this.each(await listSleepingSteps(this.database, perTurn), (tx, step) =>
      this.putOff(tx, step),
    );
    const woken = await this.each(await listDueSnoozes(this.database, perTurn), (tx, ticketId) =>
      this.wake(tx, ticketId),
    );
    return expired + lost + asked + steps + sleeping + woken;
  }

  /** Takes back what agents are asked who are gone; of one, or of all. */
  async revokeLost(agentId: string | null): Promise<number> {
    return this.each(await listLostOffers(this.database, agentId), async (tx, offer) =>
      this.unanswered(tx, offer, await revokeLostOffer(tx, offer), 'revoked'),
    );
  }

  private async wake(tx: Transaction, ticketId: string): Promise<boolean> {
    const woken = await wakeDueTicket(tx, ticketId);
    if (woken) {
      await this.snoozes.woken(tx, woken, null);
    }
    return woken !== null;
  }

  private async expire(tx: Transaction, offer: DueOffer): Promise<boolean> {
    return this.unanswered(tx, offer, await expireOffer(tx, offer), 'expired');
  }

  private async takeStep(tx: Transaction, due: DueStep): Promise<boolean> {
    const taken = await takeStep(tx, due);
    if (taken) {
      await this.stepped(tx, taken);
    }
    failpoint('routing.before-step-commit');
    return taken !== null;
  }

  private unanswered(
    tx: Transaction,
    { id }: DueOffer,
    ended: UnansweredOffer | null,
    outcome: 'expired' | 'revoked',
  ): boolean {
    if (!ended) {
      return false;
    }
    const { ticket, agentId } = ended;
    this.telling.ended(tx, agentId, { id, outcome });
    this.telling.moved(tx, ticket);
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId: ticket.queueId });
    // Whoever is away now is told so, and whoever is not may have other work.
    this.bus.emitAfterCommit(tx, 'agent.available', { agentId });
    return true;
  }

  private async endQuestions(): Promise<number> {
    const ended = await this.database.transaction(async (tx) => {
      const questions = await endQuestions(tx);
      for (const { id, agentId, isExpired } of questions) {
        this.telling.ended(tx, agentId, { id, outcome: isExpired ? 'expired' : 'revoked' });
      }
      return questions;
    });
    new Set(ended.map(({ queueId }) => queueId)).forEach((queueId) => this.bus.emit('work.queued', { queueId }));
    return ended.length;
  }

  private async stepped(tx: Transaction, { ticket, step, moved }: StepTaken): Promise<void> {
    if (moved) {
      await this.tickets.changed(tx, moved.ticket, { ...moved, to: moved.ticket.state, by: null });
    }
    const queueId = moved?.queued ?? ticket.queueId;
    this.bus.emitAfterCommit(tx, 'work.stepped', { ticketId: ticket.id, queueId, do: step.do });
    this.bus.emitAfterCommit(tx, 'work.queued', { queueId });
    if (step.do === 'alert') {
      this.tickets.waitsLong(tx, ticket, queueId);
    }
  }

  /** A closed queue does nothing about what waits; its steps count the hours in which it serves. */
  private async putOff(tx: Transaction, step: SleepingStep): Promise<boolean> {
    const hours = await this.calendars.hoursOf(tx, step.calendarId);
    await putStepOff(tx, step, hours === null ? step.now + step.gapMs : serviceTime(hours).add(step.now, step.gapMs));
    return true;
  }

  /** Returns for how many there was something to do. */
  private async each<Due>(due: readonly Due[], act: (tx: Transaction, one: Due) => Promise<boolean>): Promise<number> {
    let done = 0;
    for (const one of due) {
      try {
        done += Number(await this.database.transaction((tx) => act(tx, one)));
      } catch (error) {
        if (isAway(error)) {
          throw error;
        }
        this.logger.error(`something due of routing waits for the next turn: ${JSON.stringify(one)}: ${String(error)}`);
      }
    }
    return done;
  }
}
