import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ChannelView, MessageView } from '#contract';
import { startMessageCentre, type MessageCentre } from '../../tools/stand-ins/message-centre.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import type { TestHub } from '../support/start-hub.js';
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.js';
import { until } from '../support/until.js';

let nodes: TwoNodes;
let centre: MessageCentre;
let channelId: string;
let conversationId: string;
let identityId: string;
let agentId: string;

const from = '989121110000';

beforeAll(async () => {
  nodes = await startTwoNodes({ OUTBOUND_ALLOW: '127.0.0.0/8' });
  centre = await startMessageCentre();
  const { database } = nodes.one;
  const [root] = await database.query<{ id: string }>('select id from agent');
  const admin = await signedIn(nodes.one, (root as { id: string }).id);
  const config = { driver: 'smpp', host: '127.0.0.1', port: centre.port, systemId: 'peyk', from: '30001234' };
  const channel = { kind: 'sms', name: 'Message centre', config, secrets: { password: 'secret' } };
  channelId = (await admin.call<ChannelView>('/api/channels', { body: channel })).body.id;
  agentId = (await buildAgent(database)).id;
  await database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [agentId]);
  await centre.bound();
  expect(await say('سلام')).toBe(0);
  const [writer] = await database.query<{ conversation: string; identity: string }>(
    `select c.id as conversation, i.id as identity from identity i join conversation c on c.customer_id = i.customer_id
     where i.address = $1`,
    [`+${from}`],
  );
  conversationId = writer?.conversation ?? '';
  identityId = writer?.identity ?? '';
}, 90_000);

afterAll(async () => {
  await nodes?.stop();
  await centre?.close();
});

const say = (text: string) =>
  centre.deliver({ from, to: '30001234', coding: 8, octets: Buffer.from(text, 'utf16le').swap16() });

function write(caller: Caller, body: string): Promise<{ status: number; body: MessageView }> {
  const message = { id: uuid(), kind: 'text', body, channelId, identityId };
  return caller.call<MessageView>(`/api/conversations/${conversationId}/messages`, { body: message });
}

/** The node that is bound, and the other. */
function byBinding(): [TestHub, TestHub] {
  const isBound = ({ app }: TestHub) => {
    const channel = app.get(ChannelDirectory, { strict: false }).find(channelId);
    return channel?.adapter.sendsHere?.(channel.account) === true;
  };
  return isBound(nodes.one) ? [nodes.one, nodes.two] : [nodes.two, nodes.one];
}

describe('a message centre whose account several nodes serve', () => {
  it('is bound by one of them, and takes what is written on either, once', async () => {
    const [one, two] = await Promise.all([signedIn(nodes.one, agentId), signedIn(nodes.two, agentId)]);
    const texts = Array.from({ length: 6 }, (_, n) => `answer ${String(n)}`);
    for (const [n, text] of texts.entries()) {
      expect(await write(n % 2 === 0 ? one : two, text)).toMatchObject({ status: 201 });
    }
    await until(
      () => Promise.resolve(centre.submitted.length),
      (count) => count >= texts.length,
      // A node that tried without having the session would try again a second, five and fifteen later.
      4_000,
    );
    expect(centre.submitted.map(({ message }) => message.octets.toString('latin1'))).toEqual(texts);
    expect(centre.binds).toEqual(['transceiver']);
  });

  it('is bound by the other once the first is gone, and nothing is lost or told twice', async () => {
    const [gone, left] = byBinding();
    await gone.stop();
    const caller = await signedIn(left, agentId);
    expect(await write(caller, 'after')).toMatchObject({ status: 201 });
    await until(
      () => Promise.resolve(centre.submitted.length),
      (count) => count >= 7,
      20_000,
    );
    expect(centre.submitted.filter(({ message }) => message.octets.toString('latin1') === 'after')).toHaveLength(1);
    expect(await say('ممنون')).toBe(0);
    const rows = await left.database.query('select 1 from message where conversation_id = $1 and direction = $2', [
      conversationId,
      'in',
    ]);
    expect(rows).toHaveLength(2);
  });
});
