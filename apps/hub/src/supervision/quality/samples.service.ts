import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { SampleDetailView, SampleTicketView, SampleView, SampleWish } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { boardScope } from '../board/board-scope.js';
import { countDays } from '../reports/questions/report-periods.js';
import { readPeriod } from '../reports/questions/read-question.js';
import type { SampleDto } from './quality.dto.js';
import { drawTickets, sampleRows, sampleTickets } from './samples.query.js';
import { Scorecards } from './scorecards.service.js';

const mostTickets = 500;
const mostDays = 366;
const seedBytes = 9;

interface SampleRow {
  id: string;
  name: string;
  version: number;
  wish: SampleWish;
  seed: string | null;
  population: number | null;
  byId: string;
  byName: string;
  at: Date;
  tickets: number;
  reviewed: number;
}

interface Drawn {
  id: string;
  agentId: string;
  population: number;
}

interface TicketRow {
  id: string;
  number: number;
  prefix: string;
  subject: string;
  conversation: string;
  queueId: string;
  queueName: string;
  agentId: string;
  agentName: string;
  reviewId: string | null;
  total: number | null;
  failed: boolean | null;
}

/** Tickets drawn by lot for review. Everybody sees of a sample what lies in their own reach. */
@Injectable()
export class Samples {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly scorecards: Scorecards,
  ) {}

  /** The latest hundred. */
  async list(actor: Actor): Promise<SampleView[]> {
    const rows = await this.database.query<SampleRow & Record<string, unknown>>(sampleRows, [
      await boardScope(this.database, actor),
      actor.id,
      null,
    ]);
    return rows.map(present);
  }

  async get(actor: Actor, id: string): Promise<SampleDetailView> {
    const scope = await boardScope(this.database, actor);
    const [row] = await this.database.query<SampleRow & Record<string, unknown>>(sampleRows, [scope, actor.id, id]);
    if (!row) {
      throw notFound('This sample');
    }
    const tickets = await this.database.query<TicketRow & Record<string, unknown>>(sampleTickets, [scope, id, null]);
    return {
      ...present(row),
      scorecard: await this.scorecards.read(row.version),
      list: await this.presentTickets(actor, tickets),
    };
  }

  async draw(actor: Actor, dto: SampleDto): Promise<SampleDetailView> {
    refusePeriod(dto);
    const seed = dto.seed ?? randomBytes(seedBytes).toString('base64url');
    const scope = await boardScope(this.database, actor);
    const id = uuid();
    await this.database.transaction(async (tx) => {
      const drawn = await tx.query<Drawn & Record<string, unknown>>(drawTickets, [
        dto.from,
        dto.to,
        dto.zone,
        scope,
        dto.agentIds,
        dto.queueIds,
        dto.channelIds,
        seed,
        dto.perAgent,
        mostTickets,
      ]);
      await keepSample(tx, { id, actor, dto, seed, drawn });
      const details = { tickets: drawn.length, population: drawn[0]?.population ?? 0, seed };
      await recordAct(tx, { actorId: actor.id, action: 'quality_sample.drawn', subject: id, details });
    });
    return this.get(actor, id);
  }

  private async presentTickets(actor: Actor, rows: readonly TicketRow[]): Promise<SampleTicketView[]> {
    const conversations = [...new Set(rows.map(({ conversation }) => conversation))];
    const readable = conversations.length === 0 ? [] : await this.access.listPersons(actor, conversations);
    const people = new Map(readable.map(({ wanted, person }) => [wanted, person]));
    return rows.map((row) => {
      const person = people.get(row.conversation);
      return {
        ticket: { id: row.id, number: row.number, prefix: row.prefix, subject: person ? row.subject : '' },
        conversation: person?.conversationId ?? null,
        customerName: person?.name ?? null,
        queue: { id: row.queueId, name: row.queueName },
        agent: { id: row.agentId, name: row.agentName },
        isOwn: row.agentId === actor.id,
        review: row.reviewId === null ? null : { id: row.reviewId, total: row.total, failed: row.failed === true },
      };
    });
  }
}

function refusePeriod(dto: SampleDto): void {
  if (countDays(readPeriod(dto)) > mostDays) {
    throw invalid('to', 'Choose a year at most.');
  }
}

interface NewSample {
  id: string;
  actor: Actor;
  dto: SampleDto;
  seed: string;
  drawn: readonly Drawn[];
}

async function keepSample(tx: Transaction, { id, actor, dto, seed, drawn }: NewSample): Promise<void> {
  const [first] = drawn;
  if (!first) {
    throw conflict('nothing_to_draw', 'No ticket was solved in this time by whom you chose.');
  }
  const { name, from, to, zone, perAgent, agentIds, queueIds, channelIds } = dto;
  const wish: SampleWish = { from, to, zone, perAgent, agentIds, queueIds, channelIds };
  await tx.query(
    `insert into quality_sample (id, name, version, wish, seed, population, made_by)
     select $1, $2, max(version), $3, $4, $5, $6 from scorecard_version`,
    [id, name, JSON.stringify(wish), seed, first.population, actor.id],
  );
  await tx.query(
    `insert into quality_sample_ticket (sample_id, ticket_id, agent_id, ordinal)
     select $1, one.ticket, one.agent, one.place - 1 from unnest($2::uuid[], $3::uuid[]) with ordinality one(ticket, agent, place)`,
    [id, drawn.map((one) => one.id), drawn.map(({ agentId }) => agentId)],
  );
}

function present({ byId, byName, at, id, name, wish, seed, population, tickets, reviewed }: SampleRow): SampleView {
  const by = { id: byId, name: byName };
  return { id, name, by, at: at.toISOString(), wish, seed, population, tickets, reviewed };
}
