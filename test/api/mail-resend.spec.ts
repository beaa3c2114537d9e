import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import type { ChannelView, MessageView } from '#contract';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { buildBounce } from '../support/build-bounce.js';
import { openConversation, replyBy, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

let scene: ConnectedWorld;
let server: SMTPServer;
let count = 0;
/** What the server says to a recipient instead of yes, by address. */
let refused: Record<string, string> = {};
/** To whom each mail went that the server took, with its text. */
let taken: { to: string[]; raw: string }[] = [];

beforeAll(async () => {
  scene = await startConnectedWorld();
  server = new SMTPServer({
    logger: false,
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, done) => {
      const words = refused[address];
      done(words === undefined ? null : Object.assign(new Error(words), { responseCode: Number(words.slice(0, 3)) }));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({ to: envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const channels = await scene.admin.call<ChannelView[]>('/api/channels');
  const config = channels.body.find(({ id }) => id === scene.channels.email)?.config as { smtp: object };
  const { port } = server.server.address() as AddressInfo;
  await scene.admin.call(`/api/channels/${scene.channels.email}`, {
    method: 'PATCH',
    body: { config: { ...config, smtp: { ...config.smtp, port } } },
  });
}, 60_000);

afterAll(async () => {
  await scene?.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

beforeEach(() => {
  refused = {};
  taken = [];
});

interface Answer {
  address: string;
  sara: string;
  boss: string;
  conversation: string;
  message: MessageView;
  mailId: string;
}

/** An agent's answer to somebody new, with copies. */
async function answerWithCopies(refusals: { sara?: string; boss?: string } = {}): Promise<Answer> {
  count += 1;
  const [address, sara, boss] = ['reader', 'sara', 'boss'].map((name) => `${name}${count}@example.org`) as [
    string,
    string,
    string,
  ];
  refused = { ...(refusals.sara && { [sara]: refusals.sara }), ...(refusals.boss && { [boss]: refusals.boss }) };
  const messageId = `<r${count}@example.org>`;
  await scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, {
    from: address,
    to: worldMailbox,
    subject: `Parcel ${count}`,
    text: 'Where is it?',
    messageId,
  });
  const [row] = await scene.hub.database.query<{ id: string }>(
    'select conversation_id as id from message where mail_id = $1',
    [messageId],
  );
  const conversation = row?.id ?? '';
  const message = await replyBy(scene.agent, conversation, 'email', 'On its way.', {
    cc: [sara],
    bcc: [boss],
  });
  const [sent] = await scene.hub.database.query<{ mail_id: string }>('select mail_id from message where id = $1', [
    message.id,
  ]);
  return { address, sara, boss, conversation, message, mailId: sent?.mail_id ?? '' };
}

const shown = async ({ conversation, message }: Answer) =>
  (await openConversation(scene.agent, conversation)).messages.find(({ id }) => id === message.id) as MessageView;

const whenIt = (answer: Answer, is: MessageView['delivery']) =>
  until(
    () => shown(answer),
    ({ delivery }) => delivery === is,
  );

const resend = ({ conversation, message }: Answer) =>
  scene.agent.call(`/api/conversations/${conversation}/messages/${message.seq}/resend?part=${message.conversation}`, {
    method: 'POST',
  });

const timePasses = ({ message }: Answer) =>
  scene.hub.database.query(
    `update delivery set due_at = clock_timestamp() where conversation_id = $1 and seq = $2 and state = 'queued'`,
    [message.conversation, message.seq],
  );

async function bounce({ mailId }: Answer, failed: string, words = '452 4.2.2 Mailbox full'): Promise<void> {
  const raw = buildBounce({ to: worldMailbox, failed, messageId: mailId, status: words.slice(4, 9), words });
  await scene.world.mail.writeTo(scene.hub.app.get(MailReceiver).port as number, {
    from: worldMailbox,
    envelopeFrom: '',
    to: worldMailbox,
    raw,
  });
}

describe('a mail that some of its recipients were refused', () => {
  it('is sent again to those only, as the same mail, when an agent says so', async () => {
    const answer = await answerWithCopies({ sara: '550 5.1.1 nobody', boss: '552 5.3.4 too large' });
    const failed = await whenIt(answer, 'failed');
    expect(failed.deliveryError).toMatch(
      /^Refused for sara\d+@example\.org, boss\d+@example\.org: .*nobody.*too large/u,
    );
    refused = {};
    expect((await resend(answer)).status).toBe(200);
    expect((await whenIt(answer, 'sent')).deliveryError).toBeNull();
    expect(taken.map(({ to }) => to)).toEqual([[answer.address], [answer.sara, answer.boss]]);
    expect(taken.every(({ raw }) => raw.includes(answer.mailId))).toBe(true);
    expect(taken[1]?.raw).toMatch(new RegExp(`^To: .*${answer.address}`, 'mu'));
    expect(taken[1]?.raw).not.toContain(answer.boss);
  });

  it('is sent once more to whoever is refused again, however often that is', async () => {
    const answer = await answerWithCopies({ sara: '550 5.1.1 nobody', boss: '550 5.1.1 nobody' });
    await whenIt(answer, 'failed');
    refused = { [answer.boss]: '550 5.1.1 nobody' };
    await resend(answer);
    await until(
      () => shown(answer),
      ({ delivery, deliveryError }) => delivery === 'failed' && deliveryError?.includes('sara') === false,
    );
    // Everybody who is left is refused: that is an answer to the whole mail then.
    await resend(answer);
    await until(
      () => shown(answer),
      ({ delivery, deliveryError }) => delivery === 'failed' && deliveryError?.startsWith('Refused') === false,
    );
    refused = {};
    await resend(answer);
    await whenIt(answer, 'sent');
    expect(taken.map(({ to }) => to)).toEqual([[answer.address], [answer.sara], [answer.boss]]);
  });

  it('goes to those again by itself who were only put off, and nobody else waits for that', async () => {
    const answer = await answerWithCopies({ sara: '450 4.2.0 greylisted' });
    const waiting = await until(
      () => shown(answer),
      ({ deliveryError }) => deliveryError !== null,
    );
    expect([waiting.delivery, waiting.deliveryError]).toEqual(['queued', expect.stringContaining('greylisted')]);
    await replyBy(scene.agent, answer.conversation, 'email', 'And another word.');
    await until(
      () => Promise.resolve(taken),
      (mails) => mails.length === 2,
    );
    refused = {};
    await timePasses(answer);
    await whenIt(answer, 'sent');
    expect(taken.map(({ to }) => to)).toEqual([[answer.address, answer.boss], [answer.address], [answer.sara]]);
  });
});

describe('a mail that is put off for one and refused for another', () => {
  it('goes to the one by itself, and then says who has not got it', async () => {
    const answer = await answerWithCopies({ sara: '450 4.2.0 greylisted', boss: '550 5.1.1 nobody' });
    await until(
      () => shown(answer),
      ({ deliveryError }) => deliveryError !== null,
    );
    // Once more both are turned away: that is an answer to the whole mail then, and one of them still waits.
    await timePasses(answer);
    const waiting = await until(
      () => shown(answer),
      ({ deliveryError }) => deliveryError?.startsWith('Refused') === false,
    );
    expect(waiting.delivery).toBe('queued');
    refused = { [answer.boss]: '550 5.1.1 nobody' };
    await timePasses(answer);
    const failed = await whenIt(answer, 'failed');
    expect(failed.deliveryError).toMatch(/^Refused for boss\d+@example\.org: .*nobody/u);
    expect(taken.map(({ to }) => to)).toEqual([[answer.address], [answer.sara]]);
  });
});

describe('a mail that came back for some of its recipients', () => {
  it('goes to them again after a while where the reason passes, and says why until it left', async () => {
    const answer = await answerWithCopies();
    await whenIt(answer, 'sent');
    await bounce(answer, answer.sara);
    const waiting = await shown(answer);
    expect([waiting.delivery, waiting.deliveryError]).toEqual([
      'queued',
      expect.stringMatching(/^sara\d+@example\.org: .*Mailbox full/u),
    ]);
    await bounce(answer, answer.boss);
    await timePasses(answer);
    expect((await whenIt(answer, 'sent')).deliveryError).toBeNull();
    expect(taken[1]?.to).toEqual([answer.sara, answer.boss]);
  });

  it('is sent again to them only, when an agent says so', async () => {
    const answer = await answerWithCopies();
    await whenIt(answer, 'sent');
    await bounce(answer, answer.sara, '554 5.7.1 rejected by policy');
    await whenIt(answer, 'failed');
    await resend(answer);
    await whenIt(answer, 'sent');
    expect(taken.map(({ to }) => to)).toEqual([[answer.address, answer.sara, answer.boss], [answer.sara]]);
  });

  it('does not forget one of them over another who is tried again', async () => {
    const answer = await answerWithCopies();
    await whenIt(answer, 'sent');
    await bounce(answer, answer.boss, '554 5.7.1 rejected by policy');
    await bounce(answer, answer.sara);
    await timePasses(answer);
    const told = await whenIt(answer, 'sent');
    expect(told.deliveryError).toContain('Mailbox full');
    const [last] = await scene.hub.database.query<{ missed: string[] }>(
      'select missed from delivery where conversation_id = $1 and seq = $2 order by created_at desc limit 1',
      [answer.message.conversation, answer.message.seq],
    );
    expect(last?.missed).toEqual([answer.boss]);
  });
});
