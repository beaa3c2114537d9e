import { Injectable } from '@nestjs/common';
import type { BulkAct, BulkProblem, BulkRunView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { ApiError, conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { ConversationList } from '../conversations/list.service.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { mostOfView, type BulkDto, type BulkFilterDto } from './bulk.dto.js';
import {
  beginUndo,
  countLive,
  countTickets,
  dueToUndo,
  insertItems,
  insertRun,
  oneRun,
  problemsOf,
  runsOf,
  skipItems,
  type ProblemRow,
  type RunRow,
} from './bulk.query.js';
import { readAct } from './read-act.js';

/** Acts on many tickets at once that one agent may have at work. */
const mostLive = 5;
const pageSize = 100;
/** Lines of a list that are looked at, those that came later among them. */
const mostLooked = 2 * mostOfView;

/** What agents ask for on many tickets. Nothing of it is done here: tickets are due rows that the sweeper works off. */
@Injectable()
export class BulkRuns {
  constructor(
    private readonly database: Database,
    private readonly lists: ConversationList,
    private readonly access: TicketAccess,
    private readonly bus: EventBus,
  ) {}

  async ask(actor: Actor, { id, target, act: written }: BulkDto): Promise<BulkRunView> {
    return this.begin(actor, { id, act: readAct(written), find: () => this.resolve(actor, target) });
  }

  /** The same again is the same run, and its tickets are not looked for once more. */
  async begin(
    actor: Actor,
    { id, act, find }: { id: string; act: BulkAct; find: () => Promise<string[]> },
  ): Promise<BulkRunView> {
    const known = await this.find(actor, id);
    if (known) {
      return known;
    }
    const tickets = await find();
    await this.checkNames(act);
    await this.database.transaction(async (tx) => {
      await this.checkRoom(tx, actor);
      const [found] = await tx.query<{ total: number }>(countTickets, [tickets]);
      const made = await tx.query(insertRun, [id, actor.id, JSON.stringify(act), found?.total ?? 0]);
      if (made.length > 0) {
        await tx.query(insertItems, [id, tickets]);
        const details = { act: act.do, tickets: found?.total ?? 0, ...(act.do === 'assign' && handedOver(act)) };
        await recordAct(tx, { actorId: actor.id, action: 'tickets.bulk', subject: id, details });
      }
    });
    this.bus.emit('bulk.asked', {});
    return this.read(actor, id);
  }

  /** What is at work, or can be taken back. */
  async list(actor: Actor): Promise<BulkRunView[]> {
    return (await this.database.query<RunRow & Record<string, unknown>>(runsOf, [actor.id])).map((row) =>
      presentRun(row),
    );
  }

  async read(actor: Actor, id: string): Promise<BulkRunView> {
    const run = await this.find(actor, id);
    if (!run) {
      throw notFound('This');
    }
    return run.refused + run.left > 0 ? { ...run, problems: await this.problems(actor, id) } : run;
  }

  /** Also while it runs: what it did not come to, it does not come to. Twice is once. */
  async undo(actor: Actor, id: string): Promise<BulkRunView> {
    const begun = await this.database.transaction(async (tx) => {
      const [run] = await tx.query(beginUndo, [id, actor.id]);
      if (run) {
        await tx.query(skipItems, [id]);
        await tx.query(dueToUndo, [id]);
        await recordAct(tx, { actorId: actor.id, action: 'tickets.bulk_undone', subject: id });
      }
      return run !== undefined;
    });
    this.bus.emit('bulk.asked', {});
    const view = await this.read(actor, id);
    if (!begun && view.state === 'done') {
      throw conflict('undo_over', 'This was too long ago to be taken back at once.');
    }
    return view;
  }

  private async find(actor: Actor, id: string): Promise<BulkRunView | null> {
    const [row] = await this.database.query<RunRow & Record<string, unknown>>(oneRun, [id]);
    if (row && row.agent_id !== actor.id) {
      throw notFound('This');
    }
    return row ? presentRun(row) : null;
  }

  private async resolve(actor: Actor, { tickets, filter }: BulkDto['target']): Promise<string[]> {
    if ((tickets === undefined) === (filter === undefined)) {
      throw invalid('target', 'Name tickets, or a list.');
    }
    return tickets ?? this.listed(actor, filter as BulkFilterDto);
  }

  /** Page by page by the statement of the list itself, so that it is what was looked at. */
  private async listed(actor: Actor, { before: seenBefore, ...list }: BulkFilterDto): Promise<string[]> {
    const seen = Date.parse(seenBefore);
    const ids: string[] = [];
    let looked = 0;
    for (let before: string | undefined; ;) {
      const { rows, next } = await this.lists.page(actor, { ...list, before, limit: pageSize });
      looked += rows.length;
      ids.push(...rows.filter(({ ticket }) => Date.parse(ticket.openedAt) <= seen).map(({ ticket }) => ticket.id));
      if (ids.length > mostOfView || looked > mostLooked) {
        throw invalid('target.filter', `These are more than ${String(mostOfView)} tickets.`, 'too_many_tickets');
      }
      if (next === null) {
        return ids;
      }
      before = next;
    }
  }

  private async checkNames(act: BulkAct): Promise<void> {
    const [table, id, field] =
      act.do === 'assign'
        ? ['agent', act.agentId, 'agentId']
        : act.do === 'route'
          ? ['queue', act.queueId, 'queueId']
          : [];
    if (!id) {
      return;
    }
    const still = table === 'agent' ? 'and disabled_at is null' : '';
    if ((await this.database.query(`select 1 from ${String(table)} where id = $1 ${still}`, [id])).length === 0) {
      throw invalid(`act.${String(field)}`, table === 'agent' ? 'There is no such agent.' : 'There is no such queue.');
    }
  }

  private async checkRoom(tx: Transaction, actor: Actor): Promise<void> {
    const [row] = await tx.query<{ live: number }>(countLive, [actor.id]);
    if ((row?.live ?? 0) >= mostLive) {
      throw new ApiError(409, 'bulk_busy', 'Wait until what you asked for before is done.');
    }
  }

  private async problems(actor: Actor, id: string): Promise<BulkProblem[]> {
    const rows = await this.database.query<ProblemRow & Record<string, unknown>>(problemsOf, [id]);
    const ids = rows.map(({ ticket_id: ticket }) => ticket);
    const readable = new Set(await this.access.keepReadable(this.database, actor, ids));
    return rows.map((row) => presentProblem(row, readable.has(row.ticket_id)));
  }
}

function handedOver({ from, agentId }: Extract<BulkAct, { do: 'assign' }>): object {
  return from === undefined ? {} : { before: from, after: agentId };
}

export function presentRun({ agent_id: _agent, undo_ms: undoMs, ...run }: RunRow): BulkRunView {
  return { ...run, undoMs: undoMs === null ? null : Math.round(undoMs), problems: [] };
}

function presentProblem(row: ProblemRow, isKnown: boolean): BulkProblem {
  return {
    ticketId: row.ticket_id,
    number: isKnown ? row.number : null,
    prefix: isKnown ? row.prefix : '',
    conversation: isKnown ? row.conversation : null,
    customer: isKnown ? { id: row.customer_id, name: row.name } : null,
    during: row.undo === 'left' ? 'undo' : 'act',
    code: row.code,
    detail: row.detail,
  };
}
