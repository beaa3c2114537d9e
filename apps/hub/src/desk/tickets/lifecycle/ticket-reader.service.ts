import { Injectable } from '@nestjs/common';
import { matchKey } from '#channels';
import type { RelatedTicketView, TicketDetailView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { Database } from '../../../database/database.js';
import { notFound } from '../../../platform/errors/api-error.js';
import { presentTicket, type TicketRow } from '../../ticket.presenter.js';
import { TicketAccess } from '../ticket-access.service.js';
import { RelatedTickets } from './related-tickets.service.js';
import { TicketChanges } from './ticket-changes.service.js';

interface Kin {
  id: string;
  how: 'merged' | 'child' | 'follow_up' | 'split';
}

const kinOf = `
select id, 'merged' as how, number from ticket where merged_into = $1
union all select id, 'child', number from ticket where parent_id = $1
union all select id, follows_as, number from ticket where follows_id = $1
order by number limit 600`;

const uuidForm = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu;
/** A number as matchKey folds it, with a prefix or without. */
const numberForm = /^(?:([a-z]{2,6}) ?)?(\d{1,15})$/u;

/** One ticket with its kin. A number goes on leading to whatever its ticket was merged into. */
@Injectable()
export class TicketReader {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly related: RelatedTickets,
    private readonly changes: TicketChanges,
  ) {}

  async get(actor: Actor, ref: string): Promise<TicketDetailView> {
    const asked = await this.find(ref);
    const row = asked?.merged_into ? await this.find(asked.merged_into) : asked;
    if (!row) {
      throw notFound('This ticket');
    }
    await this.access.check(this.database, actor, row.id);
    const kin = await this.database.query<Kin & Record<string, unknown>>(kinOf, [row.id]);
    const above = [row.parent_id, row.follows_id].filter((id) => id !== null);
    const shown = await this.related.show(this.database, actor, [row.id, ...above, ...kin.map(({ id }) => id)]);
    const view = (id: string) => shown.get(id) as RelatedTicketView;
    return {
      ticket: presentTicket(row),
      conversation: view(row.id).conversation ?? row.conversation_id,
      mergedFrom: asked && asked.id !== row.id ? asked.number : null,
      merged: kin.filter(({ how }) => how === 'merged').map(({ id }) => view(id)),
      parent: row.parent_id === null ? null : view(row.parent_id),
      children: kin.filter(({ how }) => how === 'child').map(({ id }) => view(id)),
      follows: row.follows_id === null ? null : { ...view(row.follows_id), as: row.follows_as ?? 'follow_up' },
      followedBy: kin.flatMap(({ id, how }) =>
        how === 'follow_up' || how === 'split' ? [{ ...view(id), as: how }] : [],
      ),
      changes: await this.changes.listInto(actor, row.id),
    };
  }

  private async find(ref: string): Promise<TicketRow | undefined> {
    const [, prefix, number] = uuidForm.test(ref) ? [] : (numberForm.exec(matchKey(ref)) ?? []);
    if (number === undefined && !uuidForm.test(ref)) {
      return undefined;
    }
    const [row] = await this.database.query<TicketRow & Record<string, unknown>>(
      `select * from ticket where ${number === undefined ? 'id = $1' : 'number = $1'}`,
      [number ?? ref],
    );
    return prefix === undefined || row?.prefix.toLowerCase() === prefix ? row : undefined;
  }
}
