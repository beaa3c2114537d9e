import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { MailReport } from '#channels';
import type { CustomerLinkView, CustomerView } from '#contract';
import { MailReports } from '../../apps/hub/src/delivery/mail-reports.service.js';
import { CustomerReader } from '../../apps/hub/src/desk/customers/customer-reader.service.js';
import { IdentityProof } from '../../apps/hub/src/desk/customers/identity-proof.service.js';
import { hubItself } from '../../apps/hub/src/auth/hub-itself.js';
import { stranger } from '../support/build-rows.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import { freshMail, freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';

interface Told {
  conversation: string;
  customer: CustomerView;
}

let desk: PeopleDesk;
const open: LiveConsole[] = [];
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterEach(() => open.splice(0).forEach((console) => console.close()));
afterAll(() => desk.stop());

/** A console that has the person open, and what it is told of them. */
async function watching(person: Writer): Promise<{ told: () => CustomerView[]; console: LiveConsole }> {
  const console = await openedConsole(desk.hub, desk.agentId);
  open.push(console);
  expect((await console.watch(person.conversation)).ok).toBe(true);
  const told = () =>
    console
      .of<Told>('customer.changed')
      .filter(({ conversation }) => conversation === person.conversation)
      .map(({ customer }) => customer);
  return { told, console };
}

async function isTold(person: Writer, act: () => Promise<unknown>, shows: (now: CustomerView) => boolean) {
  const { told, console } = await watching(person);
  await act();
  await console.until('the change', () => told().some(shows));
}

const identityOf = (now: CustomerView | undefined, address: string) =>
  now?.identities.find((one) => one.address === address);
const byMail = (address = freshMail(), trust: 'channel_given' | 'unauthenticated' = 'unauthenticated') =>
  desk.hear({ kind: 'email', address, trust }, desk.mail);

/** A report arrives by mail, as a mail server or an absent owner's mailbox writes it. */
const report = (from: string, said: MailReport) =>
  desk.hub.app.get(MailReports, { strict: false }).take(
    desk.mail.id,
    {
      type: 'message',
      externalId: uuid(),
      raw: Buffer.from('report'),
      from: { kind: 'email', address: from, trust: 'unauthenticated', name: '' },
      claims: [],
      sentAt: null,
      kind: 'text',
      text: 'report',
      attachments: [],
      mail: null,
      replyTo: null,
      flags: ['automatic'],
      report: said,
    },
    null,
  );

describe('whoever has a customer open is told without asking', () => {
  it('that an address of theirs was refused by its server, and that an agent lifted this', async () => {
    const one = await byMail();
    const { told, console } = await watching(one);
    const mailId = `<${uuid()}@peyk.test>`;
    await desk.hub.database.query(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, author_id, mail_id, body, delivery)
       values ($1, $2, $3, $4, 'out', 'agent', $5, $6, 'hello', 'sent')`,
      [uuid(), one.conversation, desk.mail.id, one.identity, desk.agentId, mailId],
    );
    const recipients = [{ address: one.address, hard: true, status: '5.1.1', diagnostic: 'no such user' }];
    await report('<>', { kind: 'bounce', about: mailId, awayUntil: null, recipients });
    await console.until('the bounce', () => identityOf(told().at(-1), one.address)?.unreachable === 'no such user');
    const path = `/identities/${one.identity}/suppression`;
    expect((await desk.customer(one.customer, path, { method: 'DELETE' })).status).toBe(200);
    await console.until('the lift', () => identityOf(told().at(-1), one.address)?.unreachable === null);
  });

  it('that they are away', async () => {
    const one = await byMail();
    await isTold(
      one,
      () => report(one.address, { kind: 'away', awayUntil: '2099-01-02', about: null, recipients: [] }),
      (now) => identityOf(now, one.address)?.awayUntil === '2099-01-02',
    );
  });

  it('what they claim by a reply address of their own', async () => {
    const [one, claimed] = [await byMail(), freshMail()];
    const claims = [{ kind: 'email' as const, address: claimed, source: 'reply_to' as const }];
    await isTold(
      one,
      () => desk.hear({ kind: 'email', address: one.address, trust: 'unauthenticated', event: { claims } }, desk.mail),
      (now) => now.claims.some(({ address }) => address === claimed),
    );
  });

  it('that their address is believed further than before', async () => {
    const one = await byMail();
    await isTold(
      one,
      () => byMail(one.address, 'channel_given'),
      (now) => identityOf(now, one.address)?.trust === 'channel_given',
    );
  });

  it('that an address was proven to be theirs, and that one was which is somebody else’s', async () => {
    const [one, other, address] = [await desk.hear({ address: freshPhone() }), await byMail(), freshMail()];
    const proofs = desk.hub.app.get(IdentityProof);
    await isTold(
      one,
      () => proofs.prove(one.customer, { kind: 'email', address, trust: 'proven' }),
      (now) => identityOf(now, address)?.trust === 'proven',
    );
    await isTold(
      one,
      () => proofs.prove(one.customer, { kind: 'email', address: other.address, trust: 'proven' }),
      (now) => now.claims.some((claim) => claim.address === other.address),
    );
  });

  it('that they asked for deletion, until the ticket by which somebody looks after it is solved', async () => {
    const one = await desk.hear({ address: freshPhone() });
    const made = await desk.customer<CustomerLinkView>(one.customer, '/links', { body: { identityId: one.identity } });
    const token = (made.body.url ?? '').replace(/^.*\/my\//, '');
    await isTold(
      one,
      () => stranger(desk.hub).call(`/api/my/${token}/deletion`, { method: 'POST' }),
      ({ deletionAskedAt }) => deletionAskedAt !== null,
    );
    const [link] = (await desk.customer<CustomerLinkView[]>(one.customer, '/links')).body;
    expect(link?.deletionAskedAt).not.toBeNull();
    expect((await desk.customer(one.customer)).body.deletionAskedAt).toBe(link?.deletionAskedAt);
    await desk.hub.database.query(`update ticket set state = 'solved', solved_at = now() where conversation_id = $1`, [
      one.conversation,
    ]);
    expect((await desk.customer(one.customer)).body.deletionAskedAt).toBeNull();
  });

  it('in the order in which it became so, however many tell at once', async () => {
    const one = await desk.hear({ address: freshPhone() });
    const { told, console } = await watching(one);
    const names = Array.from({ length: 12 }, (_, n) => `Name ${String(n)}`);
    const reader = desk.hub.app.get(CustomerReader, { strict: false });
    await Promise.all(
      names.map(async (name) => {
        await desk.hub.database.query('update customer set name = $2 where id = $1', [one.customer, name]);
        await reader.tell(hubItself, one.conversation);
      }),
    );
    const { name } = (await desk.customer(one.customer)).body;
    await console.until('all of them', () => told().length >= names.length);
    expect(told().at(-1)?.name).toBe(name);
  });
});
