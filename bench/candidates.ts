import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { DatabaseServer } from './database-server.js';
import { drive, signedWebhook, type Target } from './driver.js';
import { HttpLine } from './http-line.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { type Program, startProgram } from './machine.js';

/** A program under test: its process, its database, and the driver's connections to it. */
export interface Candidate extends Target {
  name: 'hub' | 'floor';
  program: Program;
}

export interface Arena {
  server: DatabaseServer;
  hub: Candidate;
  floor: Candidate;
}

export interface ArenaOptions {
  /** The built hub's main file. */
  main: string;
  senders: number;
  /** For a profile of the hub. */
  nodeFlags: string[];
}

/** Channels that the hub was given. */
interface Stage {
  channelId: string;
  chatId: string;
}

const secret = `whsec_${Buffer.from('a bench key of thirty-two bytes!').toString('base64')}`;
const agents = [1, 2, 3].map((n) => ({ email: `agent${n}@bench.test`, password: administrator.password }));
const visitorCount = 50;
const lineCount = 64;
const channelName = 'Bench';

/** Where the hub's guards are triggers; the floor's copies go without. Foreign keys stay: they are not user triggers. */
const guarded = ['customer', 'conversation', 'identity', 'message', 'ticket', 'event_log', 'work_item', 'assignment'];

/**
 * Hub and floor on one server, from equal databases: the floor's is a copy of the hub's after all senders' first messages. The end of
 * the measurement closes them.
 */
export async function openArena(options: ArenaOptions): Promise<Arena> {
  const server = await DatabaseServer.start();
  await server.checkDurable();
  await server.create('hub');
  const hub = { main: options.main, dataDir: join(server.folder, 'hub'), databaseUrl: server.urlOf('hub') };
  const first = await startBuiltHub(hub);
  const stage = await setStage(first, options.senders);
  await first.stop();
  await copyForFloor(server);
  const hubProgram = await startBuiltHub({ ...hub, nodeFlags: options.nodeFlags });
  const floorProgram = await startFloor(server.urlOf('floor'), stage.channelId);
  const target = { senders: options.senders, channelId: stage.channelId, secret };
  const arena = {
    server,
    hub: { ...target, ...(await populate('hub', hubProgram, stage.chatId)) },
    floor: { ...target, ...(await populate('floor', floorProgram, stage.chatId)) },
  };
  await warmUp(arena);
  return arena;
}

/** Agents, channels, and a first message of every sender, all through the hub's own doors. */
export async function setStage({ url }: Program, senders: number): Promise<Stage> {
  const admin = await SignedIn.as(url, administrator);
  const queues = await admin.call<{ id: string }[]>('GET', '/api/queues');
  const queueIds = queues.map(({ id }) => id);
  for (const [index, agent] of agents.entries()) {
    await admin.addColleague(agent, { name: `Agent ${index + 1}`, role: 'agent', queueIds });
  }
  const channel = await admin.call('POST', '/api/channels', {
    kind: 'messages',
    name: channelName,
    secrets: { secret },
  });
  const chat = await admin.call('POST', '/api/channels', { kind: 'web', name: 'Bench chat' });
  const port = Number(new URL(url).port);
  const lines = await openLines(port, 8);
  const introduce = async (line: HttpLine, from: number): Promise<void> => {
    for (let n = from; n < senders; n += lines.length) {
      const message = { from: { id: `s${n}`, name: `Sender ${n}` }, text: `سلام، اولین پیام ${n}` };
      const { status } = await line.send(signedWebhook({ port, channelId: channel.id, secret }, `first-${n}`, message));
      if (status !== 200) {
        throw new Error(`A sender's first message was answered with ${status}.`);
      }
    }
  };
  await Promise.all(lines.map(introduce));
  lines.forEach((line) => line.close());
  return { channelId: channel.id, chatId: chat.id };
}

async function copyForFloor(server: DatabaseServer): Promise<void> {
  await server.create('floor', 'hub');
  await server.run('floor', ...guarded.map((name) => `alter table ${name} disable trigger user`));
  for (const database of ['hub', 'floor']) {
    await server.run(database, 'vacuum analyze');
  }
}

function startFloor(databaseUrl: string, channelId: string): Promise<Program> {
  const [hook, floor] = ['../test/support/run-typescript.mjs', 'floor/floor-1.ts'].map((path) =>
    resolve(import.meta.dirname, path),
  );
  return startProgram(
    ['--import', hook as string, floor as string],
    { DATABASE_URL: databaseUrl, CHANNEL: channelId, SECRET: secret },
    import.meta.dirname,
  );
}

/** Three agents who listen and are online, fifty idle visitors, and the lines that requests go over. */
export async function populate(
  name: Candidate['name'],
  program: Program,
  chatId: string,
): Promise<Omit<Candidate, 'senders' | 'channelId' | 'secret'>> {
  const { url } = program;
  const port = Number(new URL(url).port);
  const seats = await Promise.all(agents.map(async (agent) => (name === 'hub' ? await SignedIn.as(url, agent) : null)));
  const listening = await Promise.all(
    seats.map((seat) => connectSocket(`${url}/agent`, { extraHeaders: { origin: url, cookie: seat?.cookie ?? '' } })),
  );
  for (const seat of seats) {
    await seat?.call('PATCH', '/api/me', { status: 'online' });
  }
  const tokens = name === 'hub' ? await visitorTokens(url, chatId) : [''];
  for (let n = 0; n < visitorCount; n++) {
    const auth = { channel: chatId, token: tokens[n % tokens.length] };
    await connectSocket(`${url}/visitor`, { auth });
  }
  return { name, program, port, agents: listening, lines: await openLines(port, lineCount) };
}

/** A place gets thirty sessions a minute, so each visitor has two tabs open. */
function visitorTokens(url: string, chatId: string): Promise<string[]> {
  const begin = async (): Promise<string> => {
    const response = await fetch(`${url}/api/chat/${chatId}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: '{}',
    });
    return ((await response.json()) as { token: string }).token;
  };
  return Promise.all(Array.from({ length: visitorCount / 2 }, begin));
}

function connectSocket(url: string, options: Parameters<typeof io>[1]): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  return new Promise((done, reject) => {
    socket.once('connect', () => done(socket));
    socket.once('connect_error', (error) => reject(new Error(`${url}: ${error.message}`)));
  });
}

function openLines(port: number, count: number): Promise<HttpLine[]> {
  return Promise.all(Array.from({ length: count }, () => HttpLine.open(port)));
}

/** Compiled code, prepared plans past their sixth execution, pages in the cache and in the log. */
async function warmUp({ server, hub, floor }: Arena): Promise<void> {
  for (const candidate of [hub, floor, hub, floor]) {
    await drive(candidate, { kind: 'closed', connections: 16, seconds: 1.5 });
    await drive(candidate, { kind: 'open', rate: 100, seconds: 3 });
  }
  await server.checkpoint();
  for (const candidate of [hub, floor]) {
    await drive(candidate, { kind: 'closed', connections: 16, seconds: 1.5 });
  }
  await sleep(500);
}
