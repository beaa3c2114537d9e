import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { BrokenAction, MacroEffect, MacroPreviewView, MacroView, TicketView } from '#contract';
import { holdTicket, type ActionEffect, type TicketAction } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { ActionRefused } from '../../automation/actions/action-place.js';
import { RunActions } from '../../automation/actions/run-actions.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { CannedTexts } from '../canned-replies/canned-texts.service.js';
import { presentTicket, type TicketRow } from '../ticket.presenter.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { explainBroken, explainRefusal } from './explain-refusal.js';
import { readStored } from './macro-actions.js';
import { Macros, type MacroRow } from './macros.service.js';
import { readNamedThings } from './named-things.query.js';

interface Checked {
  actions: TicketAction[];
  broken: BrokenAction[];
  names: Record<string, string>;
}

/** Whoever saw the ticket before a macro that only said something saw another one: pressed twice, it says it once. */
const countLook = `update ticket set version = version where id = $1 and version = $2 and state <> 'closed'`;

/** Macros at work: shown as a diff first, then run as one transaction on the ticket that was looked at. */
@Injectable()
export class MacroRuns {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly macros: Macros,
    private readonly actions: RunActions,
    private readonly texts: CannedTexts,
  ) {}

  async list(actor: Actor, ticketId: string): Promise<MacroView[]> {
    await this.access.check(this.database, actor, ticketId);
    return this.macros.listFor(actor, ticketId);
  }

  /** Changes nothing. What cannot be done is in it as such, and so is what the macro names that is gone. */
  async preview(actor: Actor, ticketId: string, macroId: string): Promise<MacroPreviewView> {
    await this.access.check(this.database, actor, ticketId);
    const { actions, broken } = await check(this.database, await this.macros.getUsable(this.database, actor, macroId));
    const version = await this.versionOf(ticketId);
    const effects = await this.actions.preview(this.database, {
      ticketId,
      actions,
      by: actor,
      cause: { macro: macroId, depth: 0 },
    });
    if (!effects) {
      throw notFound('This ticket');
    }
    return {
      version,
      effects: effects as MacroEffect[],
      names: await this.namesIn(actions, effects),
      broken,
      runs: broken.length === 0 && effects.every(({ change }) => !('refused' in change)),
    };
  }

  /** All of it or nothing, and only on the ticket as it was seen. */
  async run(actor: Actor, ticketId: string, macroId: string, version: number): Promise<TicketView> {
    await this.database
      .transaction((tx) => this.runIn(tx, actor, { ticketId, macroId, version }))
      .catch((error: unknown) => {
        throw error instanceof ActionRefused ? explainRefusal(error) : error;
      });
    const [row] = await this.database.query<TicketRow>('select * from ticket where id = $1', [ticketId]);
    return presentTicket(row as TicketRow);
  }

  private async runIn(
    tx: Transaction,
    actor: Actor,
    { ticketId, macroId, version }: { ticketId: string; macroId: string; version: number },
  ): Promise<void> {
    await this.access.check(tx, actor, ticketId);
    const held = await holdTicket(tx, ticketId);
    const macro = await this.macros.getUsable(tx, actor, macroId);
    if (held?.version !== version) {
      throw conflict('stale', 'Somebody changed this ticket meanwhile. Look again.', 'version');
    }
    const { actions, broken } = await check(tx, macro);
    if (broken[0]) {
      throw explainBroken(broken[0]);
    }
    await this.actions.run(tx, { ticketId, actions, by: actor, cause: { macro: macroId, depth: 0 } });
    for (const action of actions) {
      if (action.do === 'canned_reply') {
        await this.texts.used(tx, action.cannedReplyId);
      }
    }
    await tx.query(countLook, [ticketId, version]);
    await tx.query('update macro set used = used + 1, used_at = clock_timestamp() where id = $1', [macroId]);
    await recordAct(tx, { actorId: actor.id, action: 'macro.run', subject: ticketId, details: { macro: macroId } });
  }

  private async versionOf(ticketId: string): Promise<number> {
    const [row] = await this.database.query<{ version: number }>('select version from ticket where id = $1', [
      ticketId,
    ]);
    return row?.version ?? 0;
  }

  /** What the ids are called that the actions name, and those that the ticket has now. */
  private async namesIn(actions: TicketAction[], effects: ActionEffect[]): Promise<Record<string, string>> {
    const ids = effects.flatMap(({ change }) => ('from' in change ? [change.from, change.to].flat() : []));
    const rows = await this.database.query<{ id: string; name: string }>(
      'select id::text as id, name from queue where id::text = any ($1) union all select id::text, name from agent where id::text = any ($1)',
      [ids.filter((id) => typeof id === 'string')],
    );
    const things = await readNamedThings(this.database, actions);
    return { ...things.names(), ...Object.fromEntries(rows.map(({ id, name }) => [id, name])) };
  }
}

/** What the macro does, and what it names that is gone. */
async function check(sql: Sql, { actions: written, owner_id: ownerId }: MacroRow): Promise<Checked> {
  const stored = readStored(written);
  if ('broken' in stored) {
    return { actions: [], broken: stored.broken, names: {} };
  }
  const things = await readNamedThings(sql, stored.actions);
  return { actions: stored.actions, broken: things.findBroken(stored.actions, ownerId), names: things.names() };
}
