import { v7 as uuid } from 'uuid';
import type { ConversationView, ListRow, MessageView, Page } from '#contract';
import {
  connectChannels,
  startWorld,
  worldPublicUrl,
  type World,
  type WorldChannels,
} from '../../tools/stand-ins/world.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from './build-rows.js';
import { startTestHub, type HubWishes, type TestHub } from './start-hub.js';

/** A hub whose channels lead into a world of stand-ins, with an administrator and an agent of the first queue. */
export interface ConnectedWorld {
  hub: TestHub;
  world: World;
  channels: WorldChannels;
  admin: Caller;
  sara: BuiltAgent;
  agent: Caller;
  close(): Promise<void>;
}

export async function startConnectedWorld(wishes: HubWishes = {}): Promise<ConnectedWorld> {
  const hub = await startTestHub({
    ...wishes,
    env: { PUBLIC_URL: worldPublicUrl, MAIL_LISTEN: '127.0.0.1:0', OUTBOUND_ALLOW: '127.0.0.0/8', ...wishes.env },
  });
  const world = await startWorld(hub.url);
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  const admin = await signedIn(hub, (root as { id: string }).id);
  const channels = await connectChannels(world, hub.url, async (path, body) => {
    const answer = await admin.call<{ id: string }>(path, { body });
    if (answer.status !== 201) {
      throw new Error(`${path}: ${answer.text}`);
    }
    return answer.body;
  });
  const sara = await buildAgent(hub.database, { name: 'Sara' });
  await hub.database.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [sara.id]);
  const agent = await signedIn(hub, sara.id);
  return {
    hub,
    world,
    channels,
    admin,
    sara,
    agent,
    close: async () => {
      await hub.stop();
      await world.close();
    },
  };
}

/** An open console, as far as the router is concerned. */
export async function bePresent({ hub, sara, agent }: ConnectedWorld): Promise<void> {
  await hub.database.query(
    `insert into agent_presence (id, agent_id, node, lease_until) values ($1, $2, 'test', clock_timestamp() + interval '4 minutes')`,
    [uuid(), sara.id],
  );
  await agent.call('/api/me', { method: 'PATCH', body: { status: 'online' } });
}

export async function listRows(caller: Caller, view: string): Promise<ListRow[]> {
  return (await caller.call<Page<ListRow>>(`/api/conversations?view=${view}`)).body.rows;
}

export async function openConversation(caller: Caller, id: string): Promise<ConversationView> {
  return (await caller.call<ConversationView>(`/api/conversations/${id}`)).body;
}

/** Answers on the first usable way of a kind. */
export async function replyBy(
  caller: Caller,
  conversation: string,
  kind: string,
  body: string,
  more: object = {},
): Promise<MessageView> {
  const { ways } = await openConversation(caller, conversation);
  const way = ways.find(({ channelKind, unavailable }) => channelKind === kind && unavailable === null);
  if (!way) {
    throw new Error(`no way to answer by ${kind}: ${JSON.stringify(ways)}`);
  }
  const { channelId, identityId, threadId } = way;
  const answer = await caller.call<MessageView>(`/api/conversations/${conversation}/messages`, {
    body: { id: uuid(), kind: 'text', body, channelId, identityId, threadId, ...more },
  });
  if (answer.status !== 201) {
    throw new Error(`the reply was refused: ${answer.text}`);
  }
  return answer.body;
}
