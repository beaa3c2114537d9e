import { Injectable } from '@nestjs/common';
import { Database, isAway } from '../../../database/database.js';
import { Log } from '../../../platform/operations/log.js';
import { SegmentMembers } from '../../segments/segment-members.service.js';
import { nextRound } from '../deciding/next-round.js';
import { MinutePace } from './minute-pace.js';
import { OutreachRulesReader } from './outreach-rules.service.js';
import {
  finishRound,
  freezePage,
  fullness,
  holdRound,
  moveRound,
  nextPeople,
  type RunningOutreach,
} from './outreach-rows.query.js';
import { OutreachSender, type Feeding } from './outreach-sender.service.js';
import { postponePerson } from './write-outreach.query.js';

/** Messages of outreach that stand in the outbox of a channel at once: so few that a reply never waits behind more. */
const mostInFlight = 6;
/** Members that are put into the audience in one transaction. */
const pageSize = 500;
/** When somebody is tried again with whom something went wrong that nobody foresaw. */
const troubleMs = 300_000;
/** How soon to look again: while people are written to, while their messages leave, and while all wait for an hour. */
const restMs = { busy: 20, full: 120, calm: 1_000 };

/** Moves one outreach a little further: some of its audience, and as many messages as there is room for. */
@Injectable()
export class OutreachFeeder {
  private readonly paces = new Map<string, MinutePace>();

  constructor(
    private readonly database: Database,
    private readonly members: SegmentMembers,
    private readonly sender: OutreachSender,
    private readonly rules: OutreachRulesReader,
    private readonly log: Log,
  ) {}

  /** @returns how soon to look again, in milliseconds. */
  async feed(outreach: RunningOutreach): Promise<number> {
    const isGrowing = await this.freeze(outreach);
    const { handled, inFlight } = await this.sendSome(outreach);
    if (handled > 0 || isGrowing) {
      return restMs.busy;
    }
    // Also while others send: what they have in flight must not keep this one from its end.
    await this.finish(outreach);
    return inFlight > 0 ? restMs.full : restMs.calm;
  }

  /** A page of members and how far it reached are one: whoever dies in between freezes the page again, into the same rows. */
  private freeze({ id, round, segmentId, coolDownDays, holdOutPercent }: RunningOutreach): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [held] = await tx.query<{ behind: string | null }>(holdRound, [id, round]);
      if (!held) {
        return false;
      }
      const { customerIds, next } = await this.members.each(tx, segmentId, held.behind, pageSize);
      await tx.query(freezePage, [id, round, customerIds, coolDownDays, holdOutPercent]);
      await tx.query(moveRound, [id, round, next]);
      return true;
    });
  }

  private async sendSome(outreach: RunningOutreach): Promise<{ handled: number; inFlight: number }> {
    const { room, inFlight } = await this.roomOf(outreach);
    const pace = this.paceOf(outreach);
    const most = Math.min(sum(room), pace.room(Date.now()));
    const people =
      most <= 0 ? [] : await this.database.query<{ id: string }>(nextPeople, [outreach.id, outreach.round, most]);
    if (people.length === 0) {
      return { handled: 0, inFlight: inFlight + (pace.room(Date.now()) > 0 ? 0 : 1) };
    }
    const feeding = { outreach, rules: await this.rules.read(this.database, outreach) };
    for (const { id } of people) {
      const taken = await this.sendOne(feeding, id, room);
      pace.spend(taken ? 1 : 0, Date.now());
    }
    return { handled: people.length, inFlight };
  }

  /** @returns whether a message was written. One whose person brings trouble must not hold up the others. */
  private async sendOne(feeding: Feeding, personId: string, room: Map<string, number>): Promise<boolean> {
    const { outreach } = feeding;
    try {
      const handled = await this.sender.send(feeding, personId, (channelId) => (room.get(channelId) ?? 0) > 0);
      if (handled.outcome !== 'sent') {
        return false;
      }
      room.set(handled.channelId, (room.get(handled.channelId) ?? 0) - 1);
      return true;
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('Somebody could not be written to.', { reason: String(error), outreach: outreach.id });
      await this.database.query(postponePerson, [outreach.id, outreach.round, personId, '', troubleMs]);
      return false;
    }
  }

  /** Where others wait to leave, nothing of ours joins them. */
  private async roomOf({ channelIds }: RunningOutreach): Promise<{ room: Map<string, number>; inFlight: number }> {
    const rows = await this.database.query<{ id: string; own: number; othersWait: boolean }>(fullness);
    const known = new Map(rows.map((row) => [row.id, row.othersWait ? 0 : Math.max(0, mostInFlight - row.own)]));
    const room = new Map(this.sender.usable(channelIds).map(({ id }) => [id, known.get(id) ?? mostInFlight]));
    return { room, inFlight: rows.reduce((all, { own }) => all + own, 0) };
  }

  private paceOf({ id, perMinute }: RunningOutreach): MinutePace {
    const known = this.paces.get(id);
    if (known?.perMinute === perMinute) {
      return known;
    }
    const pace = new MinutePace(perMinute, Date.now());
    this.paces.set(id, pace);
    return pace;
  }

  private async finish({ id, round, repeats, startsAt, firstAt }: RunningOutreach): Promise<void> {
    const now = new Date();
    const next = nextRound(startsAt ?? firstAt ?? now, repeats, now, await this.rules.zone(this.database));
    const ended = await this.database.query(finishRound, [id, round, next]);
    if (ended.length > 0) {
      this.paces.delete(id);
    }
  }
}

function sum(room: ReadonlyMap<string, number>): number {
  return [...room.values()].reduce((all, one) => all + one, 0);
}
