import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { parseConfig } from '#config';
import { PasswordHasher } from '../../apps/hub/src/auth/accounts/password-hasher.js';
import { SessionService } from '../../apps/hub/src/auth/sessions/session.service.js';
import { Database } from '../../apps/hub/src/database/database.js';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { MailReceiver } from '../../apps/hub/src/intake/mail-receiver.service.js';
import { createLog, type Log } from '../../apps/hub/src/platform/operations/log.js';
import { DemoRemoval } from '../../apps/hub/src/settings/demo/demo-removal.service.js';
import { startHub, type RunningHub } from '../../apps/hub/src/start-hub.js';
import { startWorld, worldPublicUrl, type World } from '../stand-ins/world.js';
import { AutoAgent } from './auto-agent.js';
import { directPlay, recogniseAmong, type Play } from './direct-play.js';
import { talkWithAssistant } from './assistant-visitors.js';
import { furnish, tagCustomers, type Furniture } from './furnish.js';
import { furnishAssistant } from './furnish-assistant.js';
import { HubClient } from './hub-client.js';
import { startOrderShop } from './order-shop.js';
import { seedHistory } from './seed-history.js';
import { SimulatedCustomer } from './simulated-customer.js';
import { earlierStories } from './stories/earlier.js';
import { englishStories } from './stories/english.js';
import { persianStories } from './stories/persian.js';
import type { Story } from './story.js';
import type { Stage } from './voices.js';

export const demoEmail = 'demo@peyk.local';

export interface RunningDemo {
  url: string;
  email: string;
  password: string;
  hub: RunningHub;
  database: Database;
  /** The page of the chat that scripts answer; null where there is none. */
  assistantUrl: string | null;
  /** Ends the play, the hub with its database, and the stand-ins, in this order. */
  stop(): Promise<void>;
}

export interface DemoWishes {
  /** Variables of the hub's configuration; those that the demonstration needs are set over them. */
  variables: Record<string, string | undefined>;
  /** How much faster than life everything goes. */
  speed?: number;
  log?: Log;
}

/**
 * Starts a hub with a contact centre in it: queues, agents, all channels led to providers on this machine, people with a past, and
 * customers and agents who keep going. What an earlier run left is removed first, so every run begins alike; what somebody added
 * to it by hand stays.
 */
export async function startDemo({ variables, speed = 1, log }: DemoWishes): Promise<RunningDemo> {
  const password = randomBytes(9).toString('base64url');
  const config = parseConfig({
    ...variables,
    PUBLIC_URL: worldPublicUrl,
    MAIL_LISTEN: '127.0.0.1:0',
    OUTBOUND_ALLOW: '127.0.0.0/8',
    PEYK_ADMIN_EMAIL: demoEmail,
    PEYK_ADMIN_PASSWORD: password,
  });
  const hub = await startHub(config, log ?? createLog(config.logLevel));
  const closers: (() => Promise<void>)[] = [() => hub.stop()];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) {
      await close();
    }
  };
  try {
    const world = await startWorld(hub.url);
    closers.unshift(() => world.close());
    const database = hub.app.get(Database);
    const shop = await startOrderShop();
    closers.unshift(async () => shop.close());
    const curtain = await raiseCurtain({ hub, world, database, password, speed, shopUrl: shop.url });
    closers.push(curtain.fall);
    return { url: hub.url, email: demoEmail, password, hub, database, assistantUrl: curtain.assistantUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface House {
  hub: RunningHub;
  world: World;
  database: Database;
  password: string;
  speed: number;
  shopUrl: string;
}

/** Furnishes, seeds and starts the play. Gives what ends it. */
async function raiseCurtain(house: House): Promise<{ fall: () => Promise<void>; assistantUrl: string | null }> {
  const { hub, world, database, speed, shopUrl } = house;
  const removal = hub.app.get(DemoRemoval);
  const adminId = await prepareAdmin(house);
  if (await removal.isPresent()) {
    await removal.remove({ id: adminId });
  }
  const admin = await signIn(house, adminId);
  await admin.patch('/api/me', { status: 'online' });
  const furniture = await furnish(admin, adminId, database, world);
  const queueId = furniture.queues.internet;
  const assistant = await furnishAssistant(admin, database, { shopUrl, queueId });
  const stories = [...mixed(persianStories, englishStories), ...earlierStories];
  await seedHistory(database, furniture, stories);
  const ended = new AbortController();
  const mailPort = hub.app.get(MailReceiver).port ?? 0;
  const stage: Stage = { url: hub.url, world, channels: furniture.channels, mailPort, speed, signal: ended.signal };
  const customers = stories.map((story) => new SimulatedCustomer(story, stage));
  const play = await cast(house, furniture, customers, admin);
  Object.values(furniture.queues).forEach((queueId) => hub.app.get(EventBus).emit('work.queued', { queueId }));
  const talking = assistant && talkWithAssistant({ url: hub.url, channelId: assistant, speed }, ended.signal);
  return {
    assistantUrl: assistant && `${hub.url}/chat/${assistant}`,
    fall: async () => {
      ended.abort();
      await play.stop();
      await talking;
      await tagCustomers(database).catch(() => undefined);
    },
  };
}

async function cast(
  house: House,
  furniture: Furniture,
  customers: SimulatedCustomer[],
  admin: HubClient,
): Promise<Play> {
  const { hub, database, speed } = house;
  const recognise = recogniseAmong(customers);
  const agents: AutoAgent[] = [];
  for (const agent of furniture.agents) {
    const actor = new AutoAgent(agent, await signIn(house, agent.id), furniture, recognise, speed);
    await actor.arrive();
    agents.push(actor);
  }
  const removal = hub.app.get(DemoRemoval);
  return directPlay(customers, agents, {
    speed,
    look: async () => {
      await tagCustomers(database);
      await nameVisitors(database, admin, customers);
      return removal.isPresent();
    },
    // Whoever takes the demonstration away does so in the middle of somebody's sentence; that is no fault.
    complain: async (error) => {
      const [open] = await database.query('select 1 from channel where demo and enabled limit 1');
      if (open) {
        process.emitWarning(String(error), 'DemoWarning');
      }
    },
  });
}

/** The account that people try the demonstration with, under a password of this run. */
async function prepareAdmin({ hub, database, password }: House): Promise<string> {
  const hash = await hub.app.get(PasswordHasher).hash(password);
  const [row] = await database.query<{ id: string }>(
    `insert into agent (id, email, name, role, locale, password_hash) values ($1, $2, 'You', 'admin', 'en', $3)
     on conflict (email) do update set password_hash = excluded.password_hash, disabled_at = null
     returning id`,
    [uuid(), demoEmail, hash],
  );
  const { id } = row as { id: string };
  await database.query(
    `update agent set name = case when name = email then 'You' else name end, locale = case when name = email then 'en' else locale end,
            demo = exists (select 1 from agent a where a.role = 'admin' and a.id <> $1 and not a.demo and a.disabled_at is null)
     where id = $1`,
    [id],
  );
  return id;
}

async function signIn({ hub, database }: House, agentId: string): Promise<HubClient> {
  const token = await hub.app.get(SessionService).begin(database, agentId);
  return new HubClient(hub.url, `peyk=${token}`);
}

/** A visitor is nobody until somebody asks; here an agent did. */
async function nameVisitors(database: Database, admin: HubClient, customers: SimulatedCustomer[]): Promise<void> {
  for (const { story, said } of customers.filter((one) => one.story.ways[0].by === 'web' && one.said.length > 0)) {
    const [row] = await database.query<{ id: string }>(
      `select k.id from customer k join conversation c on c.customer_id = k.id join message m on m.conversation_id = c.id
       where k.demo and k.name = '' and m.body = $1 limit 1`,
      [said[0]],
    );
    if (row) {
      await admin.patch(`/api/customers/${row.id}`, { name: story.name });
    }
  }
}

/** One of each in turn, so that both languages are there from the first look. */
function mixed(one: readonly Story[], other: readonly Story[]): Story[] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, index) => [one[index], other[index]])
    .flat()
    .filter((story) => story !== undefined);
}
