import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { OutreachPersonView, OutreachView, Page } from '#contract';
import type { Caller } from './build-rows.js';
import { until } from './until.js';

/** Customers who belong together: a segment finds them by a value that nobody else has. */
export interface Crowd {
  segmentId: string;
  mark: string;
}

export async function makeCrowd(sql: Sql): Promise<Crowd> {
  const [mark, segmentId] = [uuid(), uuid()];
  await sql.query(
    `insert into customer_attribute (id, key, kind, name) values ($1, 'crowd', 'text', '{"en": "Crowd", "fa": "گروه"}') on conflict do nothing`,
    [uuid()],
  );
  await sql.query('insert into segment (id, name, condition) values ($1, $2, $3)', [
    segmentId,
    `Crowd ${mark}`,
    JSON.stringify({ all: [{ field: 'attribute', key: 'crowd', op: 'is', value: [mark] }] }),
  ]);
  return { segmentId, mark };
}

export interface MemberWish {
  name?: string;
  locale?: 'en' | 'fa';
  /** Addresses by their kind. */
  email?: string;
  phone?: string;
  /** Agreed to offers. */
  agrees?: boolean;
}

export interface Member {
  id: string;
  conversation: string;
  name: string;
}

/** Somebody of the crowd, reachable as it is said. */
export async function join(sql: Sql, { mark }: Crowd, wish: MemberWish): Promise<Member> {
  const member = { id: uuid(), conversation: uuid(), name: wish.name ?? `Member ${uuid().slice(-6)}` };
  await sql.query(
    `with person as (insert into customer (id, name, locale, fields) values ($1, $3, $4, jsonb_build_object('crowd', $5::text)))
     insert into conversation (id, customer_id) values ($2, $1)`,
    [member.id, member.conversation, member.name, wish.locale ?? 'en', mark],
  );
  for (const [kind, address] of [
    ['email', wish.email],
    ['phone', wish.phone],
  ]) {
    if (address !== undefined) {
      await sql.query(
        `insert into identity (id, customer_id, kind, address, trust) values ($1, $2, $3, $4, 'channel_given')`,
        [uuid(), member.id, kind, address],
      );
    }
  }
  if (wish.agrees !== false) {
    await sql.query(
      `insert into customer_consent (customer_id, purpose, state, source) values ($1, 'offers', 'given', 'import')`,
      [member.id],
    );
  }
  return member;
}

/** An outreach for a crowd, as a draft. */
export async function makeOutreach(
  admin: Caller,
  { segmentId }: Crowd,
  wish: Partial<OutreachView>,
): Promise<OutreachView> {
  const made = await admin.call<OutreachView>('/api/outreach', {
    body: {
      name: `outreach ${uuid()}`,
      segmentId,
      hours: 'any',
      perMinute: 60_000,
      texts: {
        en: { subject: 'News', body: 'Hello {{ customer.name }}, look at this.' },
        fa: { subject: '', body: '' },
      },
      ...wish,
    },
  });
  if (made.status !== 201) {
    throw new Error(made.text);
  }
  return made.body;
}

export async function step(admin: Caller, id: string, act: string): Promise<OutreachView> {
  const done = await admin.call<OutreachView>(`/api/outreach/${id}/${act}`, { method: 'POST' });
  if (done.status !== 200) {
    throw new Error(done.text);
  }
  return done.body;
}

/** The outreach once it is in this state. */
export function inState(admin: Caller, id: string, state: OutreachView['state']): Promise<OutreachView> {
  return until(
    async () => (await admin.call<OutreachView>(`/api/outreach/${id}`)).body,
    (view) => view.state === state,
  );
}

export async function peopleOf(admin: Caller, id: string, query = ''): Promise<OutreachPersonView[]> {
  return (await admin.call<Page<OutreachPersonView>>(`/api/outreach/${id}/people?limit=100${query}`)).body.rows;
}

/** What became of everybody, by their names: the state, with the reason where there is one. */
export async function endings(admin: Caller, id: string): Promise<Record<string, string>> {
  const rows = await peopleOf(admin, id);
  return Object.fromEntries(rows.map(({ name, state, why }) => [name, why === '' ? state : `${state}: ${why}`]));
}
