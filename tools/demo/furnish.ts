import type { Database } from '../../apps/hub/src/database/database.js';
import type { World, WorldChannels } from '../stand-ins/world.js';
import { connectChannels } from '../stand-ins/world.js';
import type { HubClient } from './hub-client.js';
import type { QueueName } from './story.js';

export interface DemoAgent {
  id: string;
  name: string;
  locale: 'en' | 'fa';
  queues: QueueName[];
  /** Works by itself; the others are only there to be seen. */
  works: boolean;
}

/** What stands in the demonstration's contact centre. */
export interface Furniture {
  adminId: string;
  queues: Record<QueueName, string>;
  channels: WorldChannels;
  agents: DemoAgent[];
}

const queueNames: Record<QueueName, string> = {
  orders: 'Orders · سفارش‌ها',
  billing: 'Billing · امور مالی',
  internet: 'Internet · اینترنت',
};

/** Nobody works in the internet queue by themselves: it is whoever tries the demonstration that it waits for. */
const people: Omit<DemoAgent, 'id'>[] = [
  { name: 'سارا امینی', locale: 'fa', queues: ['orders'], works: true },
  { name: 'Emma Clarke', locale: 'en', queues: ['orders'], works: true },
  { name: 'نیما راد', locale: 'fa', queues: ['billing'], works: true },
  { name: 'Daniel Reed', locale: 'en', queues: ['billing', 'orders'], works: true },
  { name: 'مینا کاظمی', locale: 'fa', queues: ['internet'], works: false },
];

/**
 * How the queues give out work, each in its own way: orders to whoever has been free the longest, bills to whoever has the least to do and
 * knows about them, and the internet queue by offers that have to be accepted.
 */
const queueTerms = (skillId: string): Record<QueueName, object> => ({
  orders: { boosts: { priority: { 1: 0, 2: 5, 3: 15, 4: 60 }, tier: { 1: 5, 2: 15, 3: 30 }, cap: 90 } },
  billing: { strategy: 'least_loaded', skillIds: [skillId], skillLevel: 2 },
  internet: {
    acceptSecs: 60,
    steps: [
      { afterSecs: 120, do: 'widen_level', level: 2 },
      { afterSecs: 600, do: 'alert' },
    ],
  },
});

const skillName = 'Invoices · صورتحساب';

/** Where what comes in over a channel goes first. */
const channelQueues: Record<keyof WorldChannels, QueueName> = {
  email: 'billing',
  telegram: 'orders',
  gateway: 'orders',
  sms: 'internet',
  phone: 'internet',
  web: 'internet',
};

/** Sets up queues, agents and channels as an administrator would, over the API, and marks them as the demonstration's. */
export async function furnish(admin: HubClient, adminId: string, database: Database, world: World): Promise<Furniture> {
  const skill = await admin.post<{ id: string }>('/api/skills', { name: skillName });
  await tag(database, 'skill', [skill.id]);
  await admin.patch(`/api/agents/${adminId}`, { skills: [{ skillId: skill.id, level: 3 }] });
  const queues = {} as Record<QueueName, string>;
  const terms = queueTerms(skill.id);
  for (const [key, name] of Object.entries(queueNames) as [QueueName, string][]) {
    queues[key] = (await admin.post<{ id: string }>('/api/queues', { name, memberIds: [adminId], ...terms[key] })).id;
  }
  const agents: DemoAgent[] = [];
  for (const [index, person] of people.entries()) {
    const { id } = await admin.post<{ id: string }>('/api/agents', {
      email: `agent${index + 1}@demo.peyk.local`,
      name: person.name,
      role: 'agent',
      locale: person.locale,
      queueIds: person.queues.map((queue) => queues[queue]),
      skills: person.queues.includes('billing') ? [{ skillId: skill.id, level: 4 }] : [],
    });
    agents.push({ ...person, id });
  }
  const channels = await connectChannels(world, admin.url, (path, body) => admin.post(path, body));
  for (const [key, queue] of Object.entries(channelQueues) as [keyof WorldChannels, QueueName][]) {
    await admin.patch(`/api/channels/${channels[key]}`, { queueId: queues[queue] });
  }
  await admin.patch(`/api/channels/${channels.web}`, {
    config: { title: { en: 'Ask us anything', fa: 'از ما بپرسید' } },
  });
  // The colleagues of the demonstration are there already: nobody opens an invitation of theirs.
  await database.query('update agent set invited_at = null where id = any ($1::uuid[])', [agents.map(({ id }) => id)]);
  await tag(database, 'queue', Object.values(queues));
  await tag(
    database,
    'agent',
    agents.map(({ id }) => id),
  );
  await tag(database, 'channel', Object.values({ ...channels }));
  return { adminId, queues, channels, agents };
}

async function tag(database: Database, table: 'queue' | 'agent' | 'channel' | 'skill', ids: string[]): Promise<void> {
  await database.query(`update ${table} set demo = true where id = any ($1::uuid[])`, [ids]);
}

/** Marks whoever came in over the demonstration's channels since it was asked last. */
export async function tagCustomers(database: Database): Promise<void> {
  await database.query(
    `update customer k set demo = true
     from conversation c
     where c.customer_id = k.id and not k.demo
       and c.id in (select m.conversation_id from message m join channel h on h.id = m.channel_id where h.demo)
       and not exists (select 1 from message m join channel h on h.id = m.channel_id where m.conversation_id = c.id and not h.demo)`,
  );
}
