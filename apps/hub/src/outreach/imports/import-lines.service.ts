import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import type { ImportFaultView, ImportKindView, ImportTermsView } from '#contract';
import type { Transaction } from '../../database/database.js';
import { AttributeSettings } from '../attributes/attribute-settings.service.js';
import { ImportedPeople, type FoundPerson } from '../people/imported-people.service.js';
import { Purchases, type Noted } from '../purchases/purchases.service.js';
import { readLine, type LineTerms, type ReadLine } from './read-line.js';
import type { TableLine } from './read-table.js';

/** What lines of tables say of customers, written down. */
@Injectable()
export class ImportLines {
  constructor(
    private readonly attributes: AttributeSettings,
    private readonly people: ImportedPeople,
    private readonly purchases: Purchases,
    private readonly config: HubConfig,
  ) {}

  /** How the lines of a table are read now. */
  async termsOf(kind: ImportKindView, terms: ImportTermsView): Promise<LineTerms> {
    const zone = this.config.defaultCountry === 'IR' ? 'Asia/Tehran' : 'UTC';
    return { kind, terms, attributes: await this.attributes.byKey(), people: this.people, zone };
  }

  /** Writes what can be taken. `noted` is in the order of the lines that were; each of the others has a fault at least. */
  async write(
    tx: Transaction,
    given: LineTerms,
    lines: readonly TableLine[],
  ): Promise<{ noted: Noted[]; faults: ImportFaultView[] }> {
    const read = lines.map((line) => readLine(line, given));
    const taken = read.flatMap((one) => ('read' in one ? [one.read] : []));
    const faults = read.flatMap((one) => ('faults' in one ? one.faults : []));
    const found = await this.people.find(
      tx,
      taken.map(({ person }) => person),
      { create: given.terms.createMissing },
    );
    const known = taken.flatMap((line, index) => {
      const person = found[index] as FoundPerson;
      if ('fault' in person) {
        faults.push({ line: line.line, field: '', code: person.fault, value: addressesOf(line) });
        return [];
      }
      return [{ line, ...person }];
    });
    const noted =
      given.kind === 'purchases'
        ? await this.purchases.note(
            tx,
            given.terms.source.trim(),
            known.flatMap(({ line, root }) => (line.purchase ? [{ ...line.purchase, root }] : [])),
          )
        : await setValues(tx, known);
    return { noted, faults };
  }
}

/** Of somebody who stands on several lines the later say what is true. */
async function setValues(
  tx: Transaction,
  known: readonly { line: ReadLine; root: string; isNew: boolean }[],
): Promise<Noted[]> {
  const values = new Map<string, Record<string, unknown>>();
  for (const { line, root } of known) {
    values.set(root, { ...values.get(root), ...line.values });
  }
  const rows = [...values].map(([id, set]) => ({ id, set }));
  const changed = await tx.query<{ id: string }>(
    `update customer k set fields = k.fields || t.set from jsonb_to_recordset($1::jsonb) as t(id uuid, set jsonb)
     where k.id = t.id and k.fields || t.set <> k.fields returning k.id`,
    [JSON.stringify(rows)],
  );
  const left = new Set(changed.map(({ id }) => id));
  return known.map(({ root, isNew }) => (isNew ? 'created' : left.delete(root) ? 'changed' : 'unchanged'));
}

function addressesOf({ person }: ReadLine): string {
  return person.addresses.map(({ address }) => address).join(' · ');
}
