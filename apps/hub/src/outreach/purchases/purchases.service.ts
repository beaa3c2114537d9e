import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ZodError } from 'zod';
import { storableText, type Sql } from '#channels';
import type { PurchaseRefusedView, PurchasesTakenView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import { ImportedPeople, type FoundPerson, type WantedPerson } from '../people/imported-people.service.js';
import { notePurchases } from './purchases.query.js';
import type { SendPurchasesDto } from './purchases.dto.js';
import { sentPurchase, type PurchaseTerms, type SentPurchase } from './read-purchase.js';

/** What became of each purchase, by its place. */
export type Noted = 'created' | 'changed' | 'unchanged';

interface Line {
  at: number;
  sent: SentPurchase;
  wanted: WantedPerson;
}

/** What customers bought, as the organisation's programs and files tell it. */
@Injectable()
export class Purchases {
  constructor(
    private readonly database: Database,
    private readonly people: ImportedPeople,
  ) {}

  /** Takes what can be taken. Sent again it changes nothing, so a program that got no answer sends it again. */
  async send(actor: Actor, { source, purchases, createMissing }: SendPurchasesDto): Promise<PurchasesTakenView> {
    const from = storableText(source).trim();
    if (from === '') {
      throw invalid('source', 'Say where these purchases come from.');
    }
    const refused: PurchaseRefusedView[] = [];
    const lines = purchases.flatMap((one, at) => this.read(one, at, refused));
    return this.database.transaction(async (tx) => {
      const misfits: PurchaseRefusedView[] = [];
      const found = await this.findAll(tx, lines, createMissing);
      const known = lines.flatMap((line, index) => {
        const person = found[index] as FoundPerson;
        if ('fault' in person) {
          misfits.push({ at: line.at, field: 'customer', code: person.fault });
          return [];
        }
        return [{ ...line.sent, root: person.root }];
      });
      const noted = await this.note(tx, from, known);
      const count = (what: Noted): number => noted.filter((one) => one === what).length;
      await recordAct(tx, {
        actorId: actor.id,
        action: 'purchases.sent',
        subject: actor.id,
        details: { source: from, created: count('created'), changed: count('changed') },
      });
      return {
        created: count('created'),
        changed: count('changed'),
        unchanged: count('unchanged'),
        refused: [...refused, ...misfits].toSorted((a, b) => a.at - b.at),
      };
    });
  }

  /** Notes what these people bought. Of one that is told twice at once the last counts. */
  async note(sql: Sql, source: string, purchases: readonly (PurchaseTerms & { root: string })[]): Promise<Noted[]> {
    const last = new Map(purchases.map((one, at) => [one.externalId, at]));
    const rows = purchases
      .filter((one, at) => last.get(one.externalId) === at)
      .map(({ root, externalId, amount, currency, at, items }) => ({
        id: uuid(),
        customer: root,
        source,
        external_id: externalId,
        amount,
        currency,
        at,
        items,
      }));
    const written = await sql.query<{ externalId: string; isNew: boolean }>(notePurchases, [JSON.stringify(rows)]);
    const became = new Map(written.map(({ externalId, isNew }) => [externalId, isNew]));
    return purchases.map(({ externalId }, at) => {
      const isNew = last.get(externalId) === at ? became.get(externalId) : undefined;
      return isNew === undefined ? 'unchanged' : isNew ? 'created' : 'changed';
    });
  }

  private read(one: unknown, at: number, refused: PurchaseRefusedView[]): Line[] {
    const read = sentPurchase.safeParse(one);
    if (!read.success) {
      refused.push({ at, field: placeOf(read.error), code: 'invalid' });
      return [];
    }
    const wanted = this.people.read(read.data.customer);
    if ('fault' in wanted) {
      refused.push({ at, field: `customer.${wanted.field}`, code: wanted.fault });
      return [];
    }
    return [{ at, sent: read.data, wanted }];
  }

  /** Customers named by our own id are those; all others are looked for by what they can be reached at. */
  private async findAll(tx: Transaction, lines: readonly Line[], create: boolean): Promise<FoundPerson[]> {
    const ids = lines.flatMap(({ sent }) => sent.customer.id ?? []);
    const roots = await tx.query<{ id: string; root: string }>(
      'select id, coalesce(merged_into, id) as root from customer where id = any ($1::uuid[])',
      [ids],
    );
    const rootOf = new Map(roots.map(({ id, root }) => [id, root]));
    const unnamed = lines.filter(({ sent }) => sent.customer.id === undefined);
    const found = await this.people.find(
      tx,
      unnamed.map(({ wanted }) => wanted),
      { create },
    );
    return lines.map((line) => {
      const id = line.sent.customer.id;
      if (id === undefined) {
        return found[unnamed.indexOf(line)] as FoundPerson;
      }
      const root = rootOf.get(id);
      return root === undefined ? { fault: 'unknown_person' } : { root, isNew: false };
    });
  }
}

function placeOf({ issues: [issue] }: ZodError): string {
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...(issue?.path ?? []), ...keys].map(String).join('.');
}
