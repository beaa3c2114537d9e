import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ClaimView, CustomerView, MergePreview, MessageView, Page, SuggestionsView } from '#contract';
import { IdentityProof } from '../../apps/hub/src/desk/customers/identity-proof.service.js';
import { buildAgent } from '../support/build-rows.js';
import { openedConsole } from '../support/live-client.js';
import { freshMail, freshPhone, PeopleDesk } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

const type = (customer: string, kind: 'email' | 'phone', address: string) =>
  desk.customer<CustomerView & { code?: string }>(customer, '/identities', { body: { kind, address } });
const suggestions = async (customer: string) => (await desk.customer<SuggestionsView>(customer, '/suggestions')).body;
const acts = async (subject: string) =>
  (
    await desk.hub.database.query<{ action: string }>(
      `select action from audit where entry::jsonb ->> 'subject' = $1 order by at`,
      [subject],
    )
  ).map(({ action }) => action);

describe('an address that an agent types', () => {
  it('is claimed and not believed: whoever writes from it is somebody of their own, suggested at once', async () => {
    const known = await desk.hear({ address: freshPhone(), name: 'Mina' });
    const address = freshMail();
    const typed = await type(known.customer, 'email', `  ${address.toUpperCase()}\u200f `);
    expect(typed.status).toBe(201);
    expect(typed.body.claims).toEqual([expect.objectContaining({ kind: 'email', address, source: 'typed' })]);
    expect(typed.body.identities.map(({ kind }) => kind)).toEqual(['phone']);
    expect((await suggestions(known.customer)).people).toEqual([]);
    const secret = `canary ${uuid()}`;
    const writer = await desk.hear({ kind: 'email', address, trust: 'unauthenticated', text: secret }, desk.mail);
    expect(writer.conversation).not.toBe(known.conversation);
    expect(JSON.stringify(await desk.open(known.conversation))).not.toContain(secret);
    for (const [one, other] of [
      [known, writer],
      [writer, known],
    ] as const) {
      const { people } = await suggestions(one.customer);
      expect(people.map(({ conversation, reasons }) => ({ conversation, reasons }))).toEqual([
        { conversation: other.conversation, reasons: [{ kind: 'same_claim', address }] },
      ]);
    }
  });

  it('can be written to; the answer of a stranger there does not come into the conversation by itself', async () => {
    const known = await desk.hear({ address: freshPhone() });
    const address = freshMail();
    await type(known.customer, 'email', address);
    const way = (await desk.open(known.conversation)).ways.find((one) => one.address === address);
    expect(way).toMatchObject({ claimed: true, channelKind: 'email', unavailable: null });
    const sent = await desk.agent.call<MessageView>(`/api/conversations/${known.conversation}/messages`, {
      body: {
        id: uuid(),
        kind: 'text',
        body: 'is this yours?',
        subject: 'hello',
        channelId: desk.mail.id,
        identityId: way?.identityId,
      },
    });
    expect(sent.status).toBe(201);
    const [delivery] = await desk.hub.database.query<{ address: string }>(
      'select d.address from delivery d join message m on m.conversation_id = d.conversation_id and m.seq = d.seq where m.id = $1',
      [sent.body.id],
    );
    expect(delivery?.address).toBe(address);
    const writer = await desk.hear(
      { kind: 'email', address, trust: 'unauthenticated', text: 'who are you?' },
      desk.mail,
    );
    expect(writer.customer).not.toBe(known.customer);
  });

  it('is not written to where its true owner said stop', async () => {
    const [known, owner] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
    await desk.hub.database.query(`update identity set reachable = 'opted_out' where id = $1`, [owner.identity]);
    await type(known.customer, 'phone', owner.address);
    const ways = (await desk.open(known.conversation)).ways.filter(({ address }) => address === owner.address);
    expect(ways.every(({ unavailable }) => unavailable === 'opted_out')).toBe(true);
  });

  it('becomes theirs when an agent confirms it, with a record of who did', async () => {
    const known = await desk.hear({ address: freshPhone() });
    const address = freshMail();
    const claim = (await type(known.customer, 'email', address)).body.claims[0] as ClaimView;
    const confirmed = await desk.customer(known.customer, `/claims/${claim.id}/confirm`, { method: 'POST' });
    expect(confirmed.status).toBe(200);
    expect(confirmed.body.claims).toEqual([]);
    expect(confirmed.body.identities.find((one) => one.address === address)?.trust).toBe('unauthenticated');
    const writer = await desk.hear({ kind: 'email', address, trust: 'channel_given' }, desk.mail);
    expect(writer.conversation).toBe(known.conversation);
    expect(await acts(known.customer)).toEqual(['claim.typed', 'claim.confirmed']);
    const again = await desk.customer<{ code: string }>(known.customer, `/claims/${claim.id}/confirm`, {
      method: 'POST',
    });
    expect(again.status).toBe(404);
  });

  it('is not confirmed while it is another customer’s, and is theirs by merging', async () => {
    const [one, two] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
    const typed = await type(one.customer, 'phone', two.address);
    const claim = typed.body.claims[0] as ClaimView;
    const refused = await desk.customer<{ code: string }>(one.customer, `/claims/${claim.id}/confirm`, {
      method: 'POST',
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'address_taken']);
    const merged = await desk.merge(two.customer, one.customer);
    expect(merged.body.claims).toEqual([]);
    expect((await desk.part(two.customer)).status).toBe(200);
    expect((await desk.customer(one.customer)).body.claims).toHaveLength(1);
  });

  it('is one claim in twenty-five spellings, and refused when it is no number', async () => {
    const known = await desk.hear({ address: freshPhone() });
    const spellings = [
      '+989351234567',
      '09351234567',
      '9351234567',
      '989351234567',
      '00989351234567',
      '+98 935 123 4567',
      '+98-935-123-4567',
      '+98 (0)935 123 4567',
      '+98 (935) 123 4567',
      '0935 123 45 67',
      '0935-123-4567',
      '(0935) 123 4567',
      '0935.123.4567',
      '۰۹۳۵۱۲۳۴۵۶۷',
      '٠٩٣٥١٢٣٤٥٦٧',
      '+۹۸۹۳۵۱۲۳۴۵۶۷',
      '۰۹۳۵ ۱۲۳ ۴۵۶۷',
      '\u200e+989351234567\u200f',
      '+98\u200e935\u200f1234567',
      '\u202a0935\u202c1234567',
      '۰۹۳۵\u200c۱۲۳۴۵۶۷',
      '＋９８９３５１２３４５６７',
      'tel:+989351234567',
      'whatsapp:+989351234567',
      '  09351234567\u00a0',
    ];
    for (const spelling of spellings) {
      expect((await type(known.customer, 'phone', spelling)).status).toBe(201);
    }
    expect(spellings).toHaveLength(25);
    const { claims } = (await desk.customer(known.customer)).body;
    expect(claims.map(({ address }) => address)).toEqual(['+989351234567']);
    expect((await type(known.customer, 'phone', '0912123')).body).toMatchObject({ status: 422, field: 'address' });
    expect((await type(known.customer, 'phone', known.address)).body).toMatchObject({ code: 'already_theirs' });
  });

  it('goes when it is dismissed', async () => {
    const known = await desk.hear({ address: freshPhone() });
    const claim = (await type(known.customer, 'email', freshMail())).body.claims[0] as ClaimView;
    const path = `/claims/${claim.id}`;
    expect((await desk.customer(known.customer, path, { method: 'DELETE' })).body.claims).toEqual([]);
    const stranger = await desk.member(null);
    expect((await desk.customer(known.customer, path, { method: 'DELETE' }, stranger)).status).toBe(404);
  });
});

describe('suggestions', () => {
  it('name spellings of one mailbox and of one number, and a name with a company', async () => {
    const one = await desk.hear({ kind: 'email', address: 'sara.k+shop@factory.test', name: 'سارا کریمی' }, desk.mail);
    const two = await desk.hear({ kind: 'email', address: 'sarak@factory.test', name: 'سارا كريمي' }, desk.mail);
    const [three, four] = [await desk.hear({ address: '+989121112233' }), await desk.hear({ address: '09121112233' })];
    expect((await suggestions(one.customer)).people).toEqual([
      expect.objectContaining({
        conversation: two.conversation,
        reasons: expect.arrayContaining([
          { kind: 'similar_email', address: 'sarak@factory.test' },
          { kind: 'same_name_and_company', address: 'factory.test' },
        ]),
      }),
    ]);
    expect((await suggestions(three.customer)).people.map(({ conversation }) => conversation)).toEqual([
      four.conversation,
    ]);
  });

  it('do not take people of the same free mail provider for colleagues', async () => {
    const one = await desk.hear({ kind: 'email', address: 'ali.a1@gmail.com', name: 'Ali Ahmadi' }, desk.mail);
    await desk.hear({ kind: 'email', address: 'ali.b2@gmail.com', name: 'Ali Ahmadi' }, desk.mail);
    expect((await suggestions(one.customer)).people).toEqual([]);
  });

  it('are dismissed for the reasons they had, and come back with a new one', async () => {
    const one = await desk.hear({ kind: 'email', address: 'r.adib@works.test', name: 'Adib' }, desk.mail);
    const two = await desk.hear({ kind: 'email', address: 'radib@works.test' }, desk.mail);
    const listed = async () => (await suggestions(one.customer)).people.map(({ conversation }) => conversation);
    expect(await listed()).toEqual([two.conversation]);
    const body = { customer: one.customer };
    expect((await desk.customer(two.customer, '/suggestions/dismiss', { body })).status).toBe(204);
    expect(await listed()).toEqual([]);
    await type(one.customer, 'email', 'radib@works.test');
    expect(await listed()).toEqual([two.conversation]);
  });

  it('name nobody whom the reader may not read', async () => {
    const other = await desk.admin.call<{ id: string }>('/api/queues', { body: { name: 'Other' } });
    const one = await desk.hear({ kind: 'email', address: 'h.nik@mill.test' }, desk.mail);
    const two = await desk.hear({ kind: 'email', address: 'hnik@mill.test' }, desk.mail);
    await desk.hub.database.query('update ticket set queue_id = $1 where conversation_id = $2', [
      other.body.id,
      two.conversation,
    ]);
    await desk.hub.database.query(
      'update work_item set queue_id = $1 where ticket_id in (select id from ticket where conversation_id = $2)',
      [other.body.id, two.conversation],
    );
    expect((await suggestions(one.customer)).people).toEqual([]);
  });

  it('say which addresses look like a role’s, and join nobody over them', async () => {
    const one = await desk.hear({ kind: 'email', address: 'info@mill2.test' }, desk.mail);
    const two = await desk.hear({ address: freshPhone() });
    await type(two.customer, 'email', 'info@mill2.test');
    expect(await suggestions(two.customer)).toEqual({ people: [], shared: [] });
    expect((await suggestions(one.customer)).shared).toEqual([
      { identityId: one.identity, address: 'info@mill2.test' },
    ]);
  });
});

describe('a shared address', () => {
  it('is shared for all its owners or for none', async () => {
    const [one, two] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
    const path = `/identities/${one.identity}`;
    const flag = (shared: boolean) =>
      desk.customer<CustomerView & { code?: string }>(one.customer, path, { method: 'PATCH', body: { shared } });
    expect((await flag(true)).body.identities[0]).toMatchObject({ shared: true });
    const claim = (await type(two.customer, 'phone', one.address)).body.claims[0] as ClaimView;
    const theirs = await desk.customer(two.customer, `/claims/${claim.id}/confirm`, { method: 'POST' });
    expect(theirs.body.identities.filter(({ shared }) => shared)).toHaveLength(1);
    expect((await flag(false)).body).toMatchObject({ status: 409, code: 'several_owners' });
    expect((await suggestions(one.customer)).people).toEqual([]);
    expect(await acts(one.identity)).toEqual(['identity.shared']);
  });
});

describe('an address that is proven to be a customer’s', () => {
  const prove = (customer: string, address: string, trust: 'proven' | 'channel_given' = 'proven') =>
    desk.hub.app.get(IdentityProof).prove(customer, { kind: 'email', address, trust });
  const meet = (trust: 'channel_given' | 'unauthenticated', address = freshMail()) =>
    desk.hear({ kind: 'email', address, trust }, desk.mail);

  it('is theirs when it was nobody’s', async () => {
    const [one, address] = [await desk.hear({ address: freshPhone() }), freshMail()];
    expect([await prove(one.customer, address), await prove(one.customer, address)]).toEqual(['theirs', 'theirs']);
    expect((await meet('unauthenticated', address)).customer).toBe(one.customer);
  });

  it('joins the two where a channel vouches for both, with a record and a way back', async () => {
    const [one, other] = [await desk.hear({ address: freshPhone() }), await meet('channel_given')];
    expect(await prove(one.customer, other.address)).toBe('linked');
    expect((await desk.open(one.conversation)).id).toBe(other.conversation);
    expect(await acts(other.customer)).toEqual(['customer.merged']);
    expect((await desk.part(one.customer)).status).toBe(200);
  });

  it('is only suggested where nobody vouched for the other side, or where a role writes from it', async () => {
    const [one, other] = [await desk.hear({ address: freshPhone() }), await meet('unauthenticated')];
    expect(await prove(one.customer, other.address)).toBe('suggested');
    expect((await suggestions(one.customer)).people.map(({ conversation }) => conversation)).toEqual([
      other.conversation,
    ]);
    const role = await meet('channel_given', 'sales@mill3.test');
    expect(await prove(one.customer, role.address)).toBe('suggested');
    expect((await desk.open(one.conversation)).id).toBe(one.conversation);
  });

  it('says nothing where several share it', async () => {
    const [one, other] = [await desk.hear({ address: freshPhone() }), await meet('channel_given')];
    await desk.customer(other.customer, `/identities/${other.identity}`, { method: 'PATCH', body: { shared: true } });
    expect(await prove(one.customer, other.address)).toBe('nothing');
  });

  it('joins two once, however often it is proven at the same time', async () => {
    const [one, other] = [await desk.hear({ address: freshPhone() }), await meet('channel_given')];
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => prove(one.customer, other.address)));
    expect(outcomes.toSorted()).toEqual(['linked', 'theirs', 'theirs', 'theirs']);
  });
});

describe('a claimed address that writes', () => {
  it('is told to whoever has the claimant open', async () => {
    const one = await desk.hear({ address: freshPhone() });
    const address = freshMail();
    await type(one.customer, 'email', address);
    const console = await openedConsole(desk.hub, desk.agentId);
    await console.watch(one.conversation);
    await desk.hear({ kind: 'email', address }, desk.mail);
    await console.until('a look again', () => console.of('customer.changed').length > 0);
    expect(console.of('customer.changed')).toEqual([expect.objectContaining({ conversation: one.conversation })]);
    console.close();
  });
});

describe('a merge', () => {
  it('says beforehand what it joins and where the two differ, and changes nothing by that', async () => {
    const one = await desk.hear({ address: freshPhone(), name: 'Mina A' });
    const two = await desk.hear({ kind: 'email', address: freshMail(), name: 'Mina B' }, desk.mail);
    await desk.hub.database.query(
      `update customer set tier = 3, fields = '{"plan": "gold", "city": "Tabriz"}' where id = $1`,
      [one.customer],
    );
    await desk.hub.database.query(`update customer set fields = '{"plan": "free"}' where id = $1`, [two.customer]);
    const { body } = await desk.customer<MergePreview>(one.customer, '/merge-preview', {
      body: { into: two.customer },
    });
    expect(body.from.counts).toEqual({ messages: 1, tickets: 1, openTickets: 1, identities: 1 });
    expect(body.into.customer.id).toBe(two.customer);
    expect(body.conflicts).toEqual([
      { field: 'name', from: 'Mina A', into: 'Mina B', chosen: 'into' },
      { field: 'tier', from: 3, into: 0, chosen: 'from' },
      { field: 'fields.plan', from: 'gold', into: 'free', chosen: 'into' },
    ]);
    expect((await desk.open(one.conversation)).id).toBe(one.conversation);
  });

  it('takes the chosen fields, keeps the reason, and gives everything back', async () => {
    const one = await desk.hear({ address: freshPhone(), name: 'Mina A' });
    const two = await desk.hear({ kind: 'email', address: freshMail(), name: 'Mina B' }, desk.mail);
    await desk.hub.database.query(
      `update customer set tier = 2, fields = '{"plan": "gold", "city": "Tabriz"}' where id = $1`,
      [one.customer],
    );
    await desk.hub.database.query(`update customer set fields = '{"plan": "free"}' where id = $1`, [two.customer]);
    const rows = () =>
      desk.hub.database.query('select to_jsonb(k) from customer k where id in ($1, $2) order by id', [
        one.customer,
        two.customer,
      ]);
    const before = await rows();
    const choices = { name: 'from', fields: { plan: 'from' } };
    const merged = await desk.merge(one.customer, two.customer, { choices, reason: 'she said so on the phone' });
    expect(merged.body).toMatchObject({ id: two.customer, name: 'Mina A', tier: 2 });
    const [root] = await desk.hub.database.query<{ fields: object }>('select fields from customer where id = $1', [
      two.customer,
    ]);
    expect(root?.fields).toEqual({ plan: 'gold', city: 'Tabriz' });
    const [journal] = await desk.hub.database.query(
      'select note, reasons, actor_id from merge_journal order by at desc limit 1',
    );
    expect(journal).toEqual({ note: 'she said so on the phone', reasons: ['agent'], actor_id: desk.agentId });
    expect((await desk.part(one.customer)).status).toBe(200);
    expect(await rows()).toEqual(before);
    expect(await acts(two.customer)).toEqual(['customer.merged']);
    expect(await acts(one.customer)).toEqual(['customer.parted']);
  });

  it('leaves what somebody changed since alone when it is undone', async () => {
    const [one, two] = [
      await desk.hear({ address: freshPhone(), name: 'Old A' }),
      await desk.hear({ address: freshPhone(), name: 'Old B' }),
    ];
    await desk.merge(one.customer, two.customer, { choices: { name: 'from' } });
    await desk.customer(two.customer, '', { method: 'PATCH', body: { name: 'New' } });
    expect(await acts(two.customer)).toEqual(['customer.merged', 'customer.changed']);
    await desk.part(one.customer);
    expect((await desk.customer(two.customer)).body.name).toBe('New');
    expect((await desk.customer(one.customer)).body.name).toBe('Old A');
  });

  it('refuses somebody with themselves and circles, and follows chains one level deep', async () => {
    const people = await Promise.all(['a', 'b', 'c'].map((text) => desk.hear({ address: freshPhone(), text })));
    const [a, b, c] = people.map(({ customer }) => customer) as [string, string, string];
    expect((await desk.merge(a, a)).body.code).toBe('same_person');
    expect((await desk.merge(a, b)).status).toBe(200);
    expect((await desk.merge(b, a)).body.code).toBe('same_person');
    expect((await desk.merge(a, c)).status).toBe(200);
    expect((await desk.merge(c, a)).body.code).toBe('same_person');
    const root = people[2]?.conversation;
    for (const { conversation, customer } of people) {
      expect((await desk.open(conversation)).id).toBe(root);
      expect((await desk.customer(customer)).body.id).toBe(c);
    }
    const named = (await desk.customer(c)).body.merged;
    expect(named.map(({ id }) => id).toSorted()).toEqual([a, b].toSorted());
    expect(named.every(({ at }) => Date.parse(at) > Date.now() - 60_000)).toBe(true);
    const depth = await desk.hub.database.query(
      'select 1 from customer k join customer r on r.id = k.merged_into where r.merged_into is not null',
    );
    expect(depth).toEqual([]);
    expect((await desk.part(a)).status).toBe(200);
    expect((await desk.open(people[0]?.conversation ?? '')).id).toBe(people[1]?.conversation);
    expect((await desk.customer(c)).body.merged).toEqual([]);
    expect((await desk.customer(b)).body.merged.map(({ id }) => id)).toEqual([a]);
    expect((await desk.part(a)).status).toBe(200);
    expect((await desk.open(people[0]?.conversation ?? '')).id).toBe(people[0]?.conversation);
    expect((await desk.part(a)).body.code).toBe('not_merged');
  });

  it('forgets nobody who waits when it is undone: what they wrote to the other’s ticket gets one of their own', async () => {
    const [one, two] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
    await desk.hub.database.query(`update ticket set state = 'solved', solved_at = now() where conversation_id = $1`, [
      one.conversation,
    ]);
    await desk.hub.database.query(
      `update work_item set state = 'done', ended_at = clock_timestamp() where ticket_id in (select id from ticket where conversation_id = $1)`,
      [one.conversation],
    );
    await desk.merge(one.customer, two.customer);
    await desk.hear({ address: one.address, text: 'still broken' });
    await desk.part(one.customer);
    const view = await desk.open(one.conversation);
    const waiting = view.messages.find(({ body }) => body === 'still broken');
    const ticket = view.tickets.find(({ id }) => id === waiting?.ticketId);
    expect(ticket).toMatchObject({ conversation: one.conversation, state: 'new', queueId: desk.queue });
    const work = await desk.hub.database.query(`select 1 from work_item where ticket_id = $1 and state = 'queued'`, [
      ticket?.id,
    ]);
    expect(work).toHaveLength(1);
  });
});

describe('a blocked customer', () => {
  it('is marked as such with the reason until somebody unblocks them, and both are on record', async () => {
    const [one, two] = [await desk.hear({ address: freshPhone() }), await desk.hear({ address: freshPhone() })];
    const blocked = await desk.customer(one.customer, '/block', { body: { reason: 'threats' } });
    expect(blocked.body.blocked).toMatchObject({ reason: 'threats' });
    await desk.merge(one.customer, two.customer);
    expect((await desk.customer(two.customer)).body.blocked).toMatchObject({ reason: 'threats' });
    await desk.part(one.customer);
    expect((await desk.customer(two.customer)).body.blocked).toBeNull();
    expect((await desk.customer(one.customer, '/block', { method: 'DELETE' })).body.blocked).toBeNull();
    expect(await acts(one.customer)).toEqual(['customer.blocked', 'customer.parted', 'customer.unblocked']);
  });
});

describe('finding people', () => {
  it('takes a number and an address as they are written', async () => {
    const one = await desk.hear({ address: '+989190000001' });
    const found = async (text: string) =>
      (await desk.agent.call<Page<CustomerView>>(`/api/customers?search=${encodeURIComponent(text)}`)).body.rows.map(
        ({ id }) => id,
      );
    expect(await found('۰۹۱۹ ۰۰۰ ۰۰۰۱')).toEqual([one.customer]);
    expect(await found('0919-000-0001')).toEqual([one.customer]);
  });

  it('takes an address as far as it is typed, and its signs for nothing else', async () => {
    const one = await desk.hear({ address: 'zohreh_1@beginning.example', kind: 'email', name: 'Somebody' });
    const found = async (text: string) =>
      (await desk.agent.call<Page<CustomerView>>(`/api/customers?search=${encodeURIComponent(text)}`)).body.rows.map(
        ({ id }) => id,
      );
    expect(await found('Zohreh_1')).toEqual([one.customer]);
    expect([await found('zohreh_1@beginning'), await found('zohreh%')]).toEqual([[one.customer], []]);
    expect([await found('zohrehx1'), await found('zo')]).toEqual([[], []]);
  });

  it('gives an agent whom they hold a ticket of, whatever queue it is in', async () => {
    const one = await desk.hear({ address: freshPhone(), name: 'Held elsewhere' });
    const holder = await buildAgent(desk.hub.database);
    const found = async () =>
      (
        await (await desk.member(holder.id)).call<Page<CustomerView>>('/api/customers?search=held%20elsewhere')
      ).body.rows.map(({ id }) => id);
    expect(await found()).toEqual([]);
    await desk.hub.database.query(`update ticket set owner_id = $2, state = 'open' where conversation_id = $1`, [
      one.conversation,
      holder.id,
    ]);
    expect(await found()).toEqual([one.customer]);
  });
});

describe('the audit', () => {
  it('is one unbroken chain, whoever writes at the same time', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => desk.hear({ address: freshPhone() })));
    await Promise.all(people.map(({ customer }) => desk.customer(customer, '/block', { body: {} })));
    const [chain] = await desk.hub.database.query<{ rows: number; reached: number; broken: number }>(
      `with recursive chain as (
         select id, hash, 1 as place from audit where prev_hash is null
         union all select a.id, a.hash, c.place + 1 from audit a join chain c on a.prev_hash = c.hash)
       select (select count(*)::int from audit) as rows, (select count(*)::int from chain) as reached,
              (select count(*)::int from audit a where a.hash <> sha256(coalesce(a.prev_hash, ''::bytea) || convert_to(a.entry, 'UTF8'))) as broken`,
    );
    expect(chain?.rows).toBeGreaterThan(10);
    expect(chain).toMatchObject({ reached: chain?.rows, broken: 0 });
  });
});
