import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ClaimView, CustomerView, MessageView, SuggestionsView } from '#contract';
import { OutboundDrafts } from '../../apps/hub/src/delivery/outbound-drafts.service.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { freshMail, freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';
import { until } from '../support/until.js';

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

describe('an address that is no longer theirs', () => {
  const retire = (person: Writer, caller = desk.agent) =>
    desk.customer<CustomerView & { code?: string }>(
      person.customer,
      `/identities/${person.identity}`,
      { method: 'DELETE' },
      caller,
    );

  it('belongs to whoever writes from it next, who is somebody of their own; what passed before stays', async () => {
    const one = await desk.hear({ address: freshPhone(), text: 'from its first owner' });
    const answer = await retire(one);
    expect([answer.status, answer.body.identities]).toEqual([200, []]);
    const next = await desk.hear({ address: one.address, text: 'from its next owner' });
    expect(next.customer).not.toBe(one.customer);
    expect((await desk.open(one.conversation)).messages.map(({ body }) => body)).toEqual(['from its first owner']);
    expect((await suggestions(next.customer)).people).toEqual([]);
    expect(await acts(one.customer)).toEqual(['identity.retired']);
    expect((await retire(one)).status).toBe(404);
  });

  it('can be claimed and confirmed again, and is nobody’s to take who may not read them', async () => {
    const one = await desk.hear({ address: freshPhone() });
    expect((await retire(one, await desk.member(null))).status).toBe(404);
    await retire(one);
    const claim = (await type(one.customer, 'phone', one.address)).body.claims[0] as ClaimView;
    await desk.customer(one.customer, `/claims/${claim.id}/confirm`, { method: 'POST' });
    expect((await desk.hear({ address: one.address })).customer).toBe(one.customer);
  });

  it('gets nothing that was on its way to it, while what is sent to an address that is only claimed does leave', async () => {
    const one = await desk.hear({ kind: 'email', address: freshMail() }, desk.mail);
    const claimed = freshMail();
    await type(one.customer, 'email', claimed);
    const ways = (await desk.open(one.conversation)).ways.filter(({ channelKind }) => channelKind === 'email');
    const leaving = async (address: string) => {
      const way = ways.find((known) => known.address === address);
      const { body } = await desk.agent.call<MessageView>(`/api/conversations/${one.conversation}/messages`, {
        body: {
          id: uuid(),
          kind: 'text',
          body: 'your invoice',
          subject: 'Invoice',
          channelId: desk.mail.id,
          identityId: way?.identityId,
        },
      });
      const [delivery] = await desk.hub.database.query<{ id: string; thread_id: string | null }>(
        'select id, thread_id from delivery where conversation_id = $1 and seq = $2',
        [body.conversation, body.seq],
      );
      const claim = {
        id: delivery?.id,
        conversationId: body.conversation,
        seq: body.seq,
        channelId: desk.mail.id,
        threadId: delivery?.thread_id ?? null,
        address,
        sentParts: [],
      };
      const channel = desk.hub.app.get(ChannelDirectory).find(desk.mail.id);
      return () => desk.hub.app.get(OutboundDrafts, { strict: false }).prepare(claim as never, channel as never);
    };
    const [theirs, toClaimed] = [await leaving(one.address), await leaving(claimed)];
    expect(await theirs()).toMatchObject({ text: expect.stringContaining('your invoice') });
    await retire(one);
    await expect(theirs()).rejects.toMatchObject({ code: 'address_gone' });
    expect(await toClaimed()).toMatchObject({ text: expect.stringContaining('your invoice') });
  });

  it('is not a browser that a visitor chats with', async () => {
    const one = await desk.hear({ kind: 'web', address: uuid(), trust: 'proven' });
    expect((await retire(one)).status).toBe(404);
  });
});

describe('claims of a stranger', () => {
  it('are kept up to a hundred', async () => {
    const one = await desk.hear({ kind: 'email', address: freshMail() }, desk.mail);
    const claims = Array.from({ length: 130 }, () => ({
      kind: 'email' as const,
      address: freshMail(),
      source: 'reply_to' as const,
    }));
    for (const part of [claims.slice(0, 60), claims.slice(60, 120), claims.slice(120)]) {
      await desk.hear({ kind: 'email', address: one.address, event: { claims: part } }, desk.mail);
    }
    const [kept] = await desk.hub.database.query<{ n: number }>(
      'select count(*)::int as n from identity_claim where customer_id = $1',
      [one.customer],
    );
    expect(kept?.n).toBe(120);
    expect((await desk.customer(one.customer)).body.claims).toHaveLength(100);
  });
});

describe('two who wrote from one browser', () => {
  const seenAt = async (device: string) => {
    const address = uuid();
    const one = await desk.hear({ kind: 'web', address, trust: 'proven' });
    desk.hub.app.get(EventBus).emit('device.seen', { visitorId: address, device });
    await until(
      () => desk.hub.database.query('select 1 from customer_device where customer_id = $1', [one.customer]),
      (rows) => rows.length > 0,
    );
    return one;
  };

  it('are suggested to each other and joined by nothing', async () => {
    const device = uuid();
    const [one, two] = [await seenAt(device), await seenAt(device)];
    expect((await suggestions(one.customer)).people).toEqual([
      expect.objectContaining({
        conversation: two.conversation,
        reasons: [{ kind: 'same_device', address: null }],
      }),
    ]);
    expect((await desk.open(one.conversation)).id).toBe(one.conversation);
    await desk.customer(one.customer, '/suggestions/dismiss', { body: { customer: two.customer } });
    expect((await suggestions(two.customer)).people).toEqual([]);
  });

  it('say nothing about each other where half a street uses it', async () => {
    const device = uuid();
    const people: Writer[] = [];
    for (let n = 0; n < 6; n++) {
      people.push(await seenAt(device));
    }
    expect((await suggestions((people[0] as Writer).customer)).people).toEqual([]);
  });
});
