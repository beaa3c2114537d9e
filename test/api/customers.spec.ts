import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CustomerView, Page } from '#contract';
import { listCustomers, searchCustomers } from '../../apps/hub/src/desk/customers/customers.query.js';
import { freshMail, freshPhone, PeopleDesk } from '../support/people-desk.js';

type Found = CustomerView & { conversation: string };

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

const open = (wish: object, by = desk.agent) =>
  by.call<Found & { ticket: string; code?: string }>('/api/customers', {
    body: { name: 'Nader', subject: 'Order 12', queueId: desk.queue, ...wish },
  });
const find = async (query: Record<string, string>, by = desk.agent) =>
  (await by.call<Page<Found>>(`/api/customers?${new URLSearchParams(query).toString()}`)).body;

describe('a customer who never wrote', () => {
  it('is taken down with what they say of themselves, and can be written to at once', async () => {
    const [email, phone] = [freshMail(), freshPhone()];
    const opened = await open({ email: ` ${email.toUpperCase()}`, phone, locale: 'fa' });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({ name: 'Nader', locale: 'fa', identities: [] });
    expect(opened.body.claims.map(({ address, source }) => [address, source])).toEqual(
      expect.arrayContaining([
        [email, 'typed'],
        [phone, 'typed'],
      ]),
    );
    const { ways, tickets } = await desk.open(opened.body.conversation);
    expect(tickets.map(({ id, subject }) => [id, subject])).toEqual([[opened.body.ticket, 'Order 12']]);
    expect(ways.find(({ address }) => address === email)).toMatchObject({ claimed: true, unavailable: null });
  });

  it('is not taken down twice unless somebody insists, and of two at once one is refused', async () => {
    const phone = freshPhone();
    const both = await Promise.all([open({ phone }), open({ phone })]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('customer_known');
    expect((await open({ phone, evenIfKnown: true })).status).toBe(201);
    const known = await desk.hear({ address: freshPhone() });
    expect((await open({ phone: known.address })).status).toBe(409);
  });

  it('begins in a queue of the agent’s own, and with addresses that are some', async () => {
    const stranger = await desk.member(null);
    expect((await open({}, stranger)).status).toBe(403);
    expect((await open({}, desk.admin)).status).toBe(201);
    expect((await open({ email: 'nobody' })).status).toBe(422);
    expect((await open({ queueId: uuid() }, desk.admin)).status).toBe(422);
  });
});

describe('the list of customers', () => {
  it('finds by a folded part of a name, by a claimed address and by how one begins, and nobody of others', async () => {
    const email = freshMail();
    const { body } = await open({ name: 'كاوه نيکنام', email });
    const stranger = await desk.member(null);
    for (const search of ['نیکنا', email, email.slice(0, -6)]) {
      expect((await find({ search })).rows.map(({ id }) => id)).toContain(body.id);
      expect((await find({ search }, stranger)).rows).toEqual([]);
    }
    expect((await find({ search: '%' })).rows).toEqual([]);
  });

  it('comes in pages, each customer once, and by tier and by who is blocked', async () => {
    const name = `Page${uuid().slice(-8)}`;
    const ids: string[] = [];
    for (const number of [1, 2, 3]) {
      ids.unshift((await open({ name: `${name} ${String(number)}` })).body.id);
    }
    const first = await find({ search: name, limit: '2' });
    const second = await find({ search: name, limit: '2', before: first.next ?? '' });
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids);
    expect(second.next).toBeNull();
    const all = await find({ limit: '1' });
    expect(all.rows.map(({ id }) => id)).toEqual([ids[0]]);
    await desk.hub.database.query('update customer set tier = 3, blocked_at = now() where id = $1', [ids[1]]);
    expect((await find({ search: name, tier: '3' })).rows.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await find({ search: name, blocked: 'no' })).rows.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  });

  it('is read along its indexes', async () => {
    await desk.hub.database.query(`
      with made as (
        insert into customer (id, name, name_key, created_at)
        select gen_random_uuid(), 'Crowd ' || n, 'crowd ' || md5(n::text), now() - n * interval '1 hour'
        from generate_series(1, 5000) n returning id),
      placed as (insert into conversation (id, customer_id) select gen_random_uuid(), id from made),
      claimed as (
        insert into identity_claim (id, customer_id, kind, address, source)
        select gen_random_uuid(), id, 'email', 'c' || id || '@crowd.test', 'typed' from made)
      insert into identity (id, customer_id, kind, address, trust)
      select gen_random_uuid(), id, 'email', id || '@crowd.test', 'unauthenticated' from made`);
    await desk.hub.database.query('analyze customer, conversation, identity, identity_claim');
    const page = [null, true, 'infinity', uuid(), 50, null, null];
    const plan = (text: string, parameters: unknown[]) =>
      desk.hub.database.transaction(async (tx) => {
        await tx.query('set local enable_seqscan = off');
        const lines = await tx.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${text}`, parameters);
        return lines.map((line) => line['QUERY PLAN']).join('\n');
      });
    expect(await plan(listCustomers.text, page)).toContain('customer_newest');
    const search = await plan(searchCustomers.text, [...page, '%nader%', ['abcdef@b.example'], 'abcdef%']);
    expect(search).toContain('identity_beginning');
    expect(search).toContain('identity_claim_beginning');
    expect(search).not.toMatch(/Seq Scan on (customer|identity|identity_claim)\b/u);
  });
});
