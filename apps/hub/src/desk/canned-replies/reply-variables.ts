import type { Sql } from '#channels';
import type { ReplyVariableView } from '#contract';
import type { ReplyValue } from './reply-template.js';

/** The variables that every installation has. Closed: a text that names another is not saved. */
export const ownVariables: ReplyVariableView[] = [
  { name: 'customer.name', type: 'text', example: { en: 'Sara Ahmadi', fa: 'سارا احمدی' } },
  { name: 'customer.first_name', type: 'text', example: { en: 'Sara', fa: 'سارا' } },
  { name: 'customer.company', type: 'text', example: { en: 'Blue Sky Ltd.', fa: 'شرکت آسمان آبی' } },
  { name: 'ticket.number', type: 'text', example: { en: '1024', fa: '۱۰۲۴' } },
  { name: 'ticket.subject', type: 'text', example: { en: 'Late parcel', fa: 'دیر رسیدن بسته' } },
  { name: 'ticket.opened_at', type: 'date', example: { en: '2026-03-21T08:30:00Z', fa: '2026-03-21T08:30:00Z' } },
  { name: 'agent.name', type: 'text', example: { en: 'Mina Rad', fa: 'مینا راد' } },
  { name: 'agent.first_name', type: 'text', example: { en: 'Mina', fa: 'مینا' } },
  { name: 'queue.name', type: 'text', example: { en: 'Support', fa: 'پشتیبانی' } },
  { name: 'channel.name', type: 'text', example: { en: 'Web chat', fa: 'گفتگوی سایت' } },
  { name: 'now', type: 'date', example: { en: '2026-03-21T08:30:00Z', fa: '2026-03-21T08:30:00Z' } },
];

/** What is there whatever the customer: a text need not provide for its absence. */
const alwaysThere = new Set(['ticket.number', 'ticket.opened_at', 'agent.name', 'queue.name', 'channel.name', 'now']);

export function mayBeMissing(name: string): boolean {
  return !alwaysThere.has(name);
}

interface FieldRow {
  under: string;
  key: string;
  kind: string;
  name: { en?: string; fa?: string };
}

/**
 * All variables: the hub's own, the organisation's custom fields of tickets as `ticket.fields.<key>`, and what it knows of customers as
 * `customer.attributes.<key>`.
 */
export async function listVariables(sql: Sql): Promise<ReplyVariableView[]> {
  const fields = await sql.query<FieldRow & Record<string, unknown>>(
    `select 'ticket.fields' as under, key, kind, name, position from ticket_field where retired_at is null
     union all
     select 'customer.attributes', key, kind, name, position from customer_attribute where retired_at is null
     order by under desc, position, key`,
  );
  return [...ownVariables, ...fields.map(variableOf)];
}

function variableOf({ under, key, kind, name }: FieldRow): ReplyVariableView {
  const named = `${under}.${key}`;
  if (kind === 'number') {
    return { name: named, type: 'number', example: { en: '42', fa: '42' } };
  }
  if (kind === 'date' || kind === 'birthday') {
    return { name: named, type: 'date', example: { en: '2026-03-21', fa: '2026-03-21' } };
  }
  return { name: named, type: 'text', example: { en: name.en ?? key, fa: name.fa ?? name.en ?? key } };
}

/** What imagined values stand for the variables: for trying a text. */
export function exampleValues(variables: ReplyVariableView[], locale: 'en' | 'fa'): Map<string, ReplyValue> {
  return new Map(variables.map(({ name, type, example }) => [name, typed(type, example[locale])]));
}

function typed(type: ReplyVariableView['type'], said: string): ReplyValue {
  switch (type) {
    case 'text':
      return said;
    case 'number':
      return Number(said);
    case 'date':
      return new Date(said);
  }
}
