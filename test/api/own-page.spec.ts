import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CustomerLinkView, MyPageView } from '#contract';
import { stranger, type Answered } from '../support/build-rows.js';
import { freshMail, freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

const make = (person: Writer, more: object = {}): Promise<Answered<CustomerLinkView & { code?: string }>> =>
  desk.customer(person.customer, '/links', { body: { identityId: person.identity, ...more } });

async function linkFor(person: Writer): Promise<string> {
  const { status, body } = await make(person);
  expect(status).toBe(201);
  return (body.url ?? '').replace(/^.*\/my\//, '');
}

const read = (token: string) => stranger(desk.hub).call<MyPageView & { code?: string }>(`/api/my/${token}`);
const page = (token: string, headers: Record<string, string> = {}) =>
  stranger(desk.hub).call<string>(`/my/${token}`, { headers });
const bodies = (view: MyPageView): string[] => view.messages.map(({ body }) => body);

/** A person of three addresses, each with a message: one proven, one that a channel gives, one that nobody vouches for. */
async function buildPerson() {
  const telegram = await desk.hear({
    kind: 'telegram',
    address: String(Math.trunc(Math.random() * 1e12)),
    trust: 'proven',
    name: 'مینا',
    text: 'from telegram',
  });
  const phone = await desk.hear({ address: freshPhone(), text: 'from the phone' });
  const mail = await desk.hear(
    { kind: 'email', address: freshMail(), trust: 'unauthenticated', text: 'from a mail' },
    desk.mail,
  );
  for (const other of [phone, mail]) {
    expect((await desk.merge(other.customer, telegram.customer)).status).toBe(200);
  }
  return { telegram, phone, mail };
}

describe('a link to a customer’s own page', () => {
  it('shows a proven person what passed over all addresses that somebody vouches for', async () => {
    const { telegram } = await buildPerson();
    const { body } = await read(await linkFor(telegram));
    expect(body.scope).toBe('person');
    expect(bodies(body)).toEqual(['from the phone', 'from telegram']);
  });

  it('shows what passed over the one address where only the channel vouches for it', async () => {
    const { phone } = await buildPerson();
    const { body } = await read(await linkFor(phone));
    expect(body.scope).toBe('address');
    expect(bodies(body)).toEqual(['from the phone']);
  });

  it('opens nothing more by a merge that came after it', async () => {
    const { telegram } = await buildPerson();
    const token = await linkFor(telegram);
    const stray = await desk.hear({
      kind: 'telegram',
      address: String(Math.trunc(Math.random() * 1e12)),
      trust: 'proven',
      text: 'of somebody else',
    });
    await desk.merge(telegram.customer, stray.customer);
    expect(bodies((await read(token)).body)).toEqual(['from the phone', 'from telegram']);
    expect(bodies((await read(await linkFor(telegram))).body)).toContain('of somebody else');
  });

  it('is not made for an address that nobody vouches for, that is shared, or that is another’s', async () => {
    const { telegram, mail } = await buildPerson();
    expect((await make(mail)).body.code).toBe('unverified_address');
    const shared = await desk.hear({ address: freshPhone() });
    await desk.customer(shared.customer, `/identities/${shared.identity}`, { method: 'PATCH', body: { shared: true } });
    expect((await make(shared)).body.code).toBe('shared_address');
    const other = await desk.hear({ address: freshPhone() });
    expect((await make({ ...telegram, identity: other.identity })).status).toBe(404);
    expect(
      (
        await desk.customer(
          telegram.customer,
          '/links',
          { body: { identityId: telegram.identity } },
          await desk.member(null),
        )
      ).status,
    ).toBe(404);
  });

  it('never shows what is internal: notes, what agents noted of a call, keys that were pressed', async () => {
    const one = await desk.hear({ address: freshPhone(), text: 'hello' });
    const secret = `canary ${uuid()}`;
    await desk.agent.call(`/api/conversations/${one.conversation}/messages`, {
      body: { id: uuid(), kind: 'note', body: secret },
    });
    for (const kind of ['call', 'keys']) {
      await desk.hub.database.query(
        `insert into message (id, conversation_id, channel_id, identity_id, direction, author, kind, body) values ($1, $2, $3, $4, 'in', 'customer', $5, $6)`,
        [uuid(), one.conversation, desk.channel.id, one.identity, kind, secret],
      );
    }
    const token = await linkFor(one);
    for (const text of [
      (await read(token)).text,
      (await page(token)).text,
      (await stranger(desk.hub).call(`/api/my/${token}/download`)).text,
    ]) {
      expect(text).toContain('hello');
      expect(text).not.toContain(secret);
    }
  });

  it('is a page that runs and loads nothing, in the customer’s language, with what they wrote as text', async () => {
    const one = await desk.hear({ address: freshPhone(), name: 'مینا', text: '<img src=x onerror=alert(1)> سلام' });
    const answer = await page(await linkFor(one));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('<html lang="fa" dir="rtl">');
    expect(answer.text).toContain('&lt;img src=x onerror=alert(1)&gt; سلام');
    expect(answer.text).not.toMatch(/<script|<img|\bon\w+=(?!alert)/i);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('gives everything to keep, as JSON and as a page that leads nowhere', async () => {
    const one = await desk.hear({ address: freshPhone(), text: 'first' });
    await desk.hear({ address: one.address, text: 'second' });
    const token = await linkFor(one);
    const json = await stranger(desk.hub).call<MyPageView>(`/my/${token}/download?format=json`);
    expect(bodies(json.body)).toEqual(['first', 'second']);
    const html = await stranger(desk.hub).call<string>(`/my/${token}/download?format=html`);
    expect(html.headers.get('content-disposition')).toBe('attachment; filename="conversation.html"');
    expect(html.text).toContain('second');
    expect(html.text).not.toMatch(/href|<form/);
  });

  it('turns pages', async () => {
    const one = await desk.hear({ address: freshPhone(), text: 'm0' });
    await desk.hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, body)
       select gen_random_uuid(), $1, $2, $3, 'in', 'customer', 'm' || n from generate_series(1, 120) n`,
      [one.conversation, desk.channel.id, one.identity],
    );
    const token = await linkFor(one);
    const first = await read(token);
    const second = await stranger(desk.hub).call<MyPageView>(`/api/my/${token}?before=${first.body.next ?? ''}`);
    expect([...bodies(first.body), ...bodies(second.body)].toReversed()).toEqual(
      Array.from({ length: 121 }, (_, n) => `m${String(n)}`),
    );
    expect((await page(token)).text).toContain('?before=');
  });

  it('lets them ask for deletion: once, on the timeline, with a ticket for somebody to look after', async () => {
    const one = await desk.hear({ address: freshPhone() });
    await desk.hub.database.query(`update ticket set state = 'solved', solved_at = now() where conversation_id = $1`, [
      one.conversation,
    ]);
    const token = await linkFor(one);
    const ask = () =>
      fetch(`${desk.hub.url}/my/${token}/deletion`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: '',
      });
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual(
      Array(2).fill([303, `/my/${token}`]),
    );
    const view = await desk.open(one.conversation);
    const events = view.messages.filter(({ event }) => event?.name === 'deletion_requested');
    expect(events).toHaveLength(1);
    expect(view.tickets.find(({ id }) => id === events[0]?.ticketId)).toMatchObject({
      state: 'new',
      queueId: desk.queue,
    });
    expect((await read(token)).body.deletionAskedAt).not.toBeNull();
    expect((await page(token)).text).not.toContain('<form');
  });

  it('ends when it is revoked, when its time is over, and when its address is no longer one person’s', async () => {
    const gone = async (token: string) =>
      expect([(await read(token)).status, (await page(token)).status]).toEqual([404, 404]);
    const one = await desk.hear({ address: freshPhone(), text: 'hello' });
    const token = await linkFor(one);
    const [link] = (await desk.customer<CustomerLinkView[]>(one.customer, '/links')).body;
    expect(link).toMatchObject({ url: null, address: one.address, revokedAt: null });
    expect((await desk.customer(one.customer, `/links/${link?.id ?? ''}`, { method: 'DELETE' })).status).toBe(204);
    await gone(token);
    const late = await linkFor(one);
    await desk.hub.database.query(
      `update customer_link set created_at = created_at - interval '9 days', expires_at = expires_at - interval '8 days' where revoked_at is null`,
    );
    await gone(late);
    const third = await linkFor(one);
    await desk.customer(one.customer, `/identities/${one.identity}`, { method: 'PATCH', body: { shared: true } });
    await gone(third);
  });

  it('lets nobody guess for long', async () => {
    const statuses = [];
    for (let n = 0; n < 40; n++) {
      statuses.push(
        (
          await read(
            Buffer.from(uuid() + uuid())
              .toString('base64url')
              .slice(0, 64),
          )
        ).status,
      );
    }
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
  });
});
