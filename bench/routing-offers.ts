import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { OfferView } from '#contract';
import type { DatabaseServer } from './database-server.js';
import { signedWebhook } from './driver.js';
import { percentile, show } from './figures.js';
import { HttpLine } from './http-line.js';
import { administrator, SignedIn } from './hub-program.js';
import { loadAverage } from './machine.js';
import type { RoutingNode } from './routing-nodes.js';

const budgetMs = 250;
const agentCount = 9;
const perSecond = 4;
const patienceMs = 10_000;
const secret = `whsec_${Buffer.from('a bench key of thirty-two bytes!').toString('base64')}`;

/** From a stranger's message at one node to the offer on the console of an agent, who may be at another. */
export async function measureOffers(
  server: DatabaseServer,
  database: string,
  nodes: readonly RoutingNode[],
  isSmall: boolean,
): Promise<boolean> {
  const floor = await openFloor(server, database, nodes);
  const count = isSmall ? 80 : 400;
  const times: number[] = [];
  const lines = await Promise.all(nodes.map(({ url }) => HttpLine.open(Number(new URL(url).port))));
  const began = performance.now();
  for (let n = 0; n < count; n += 1) {
    await sleep(Math.max(0, began + (n * 1000) / perSecond - performance.now()));
    const name = `Stranger ${String(n)}`;
    const heard = floor.hears(name);
    const node = nodes[n % nodes.length] as RoutingNode;
    const target = { port: Number(new URL(node.url).port), channelId: floor.channelId, secret };
    const sentAt = performance.now();
    const message = { from: { id: `stranger-${String(n)}`, name }, text: 'سلام، سفارش من کجاست؟' };
    await lines[n % lines.length]?.send(signedWebhook(target, randomUUID(), message));
    heard.then(
      ({ at, seat, offer }) => {
        times.push(at - sentAt);
        void seat.answer(offer).then(() => node.ask({ kind: 'finish', ticketId: offer.ticketId }));
      },
      () => undefined,
    );
  }
  await floor.settle(count);
  lines.forEach((line) => line.close());
  floor.close();
  return tell(times, count);
}

function tell(times: readonly number[], count: number): boolean {
  const [half, most] = [percentile(times, 0.5), percentile(times, 0.95)];
  const isKept = most <= budgetMs && times.length === count;
  process.stdout.write(
    `${String(times.length)} of ${String(count)} messages offered on a socket, from the webhook's first byte: p50 ${show(half)} ms, p95 ${show(most)} ms, ` +
      `budget ${String(budgetMs)} ms, ${isKept ? 'kept' : 'MISSED'}; load average ${loadAverage()}\n`,
  );
  return isKept;
}

interface Heard {
  at: number;
  seat: Seat;
  offer: OfferView;
}

/** An agent at an open console. */
interface Seat {
  socket: Socket;
  answer: (offer: OfferView) => Promise<unknown>;
}

interface Floor {
  channelId: string;
  /** Resolves with the first offer about this customer. */
  hears: (customer: string) => Promise<Heard>;
  /** Resolves once so many were heard of, or none more comes. */
  settle: (count: number) => Promise<void>;
  close: () => void;
}

/** A queue whose agents are asked, and those agents at consoles of all nodes. */
async function openFloor(server: DatabaseServer, database: string, nodes: readonly RoutingNode[]): Promise<Floor> {
  const [{ url }] = nodes as [RoutingNode];
  const admin = await SignedIn.as(url, administrator);
  const queueId = randomUUID();
  await server.run(database, `insert into queue (id, name, accept_secs) values ('${queueId}', 'Offers', 30)`);
  const channel = { kind: 'messages', name: 'Offers', queueId, secrets: { secret } };
  const { id: channelId } = await admin.call('POST', '/api/channels', channel);
  const waiting = new Map<string, (heard: Heard) => void>();
  const seats: Seat[] = [];
  for (let n = 0; n < agentCount; n += 1) {
    const seat = await takeSeat(admin, { url: (nodes[n % nodes.length] as RoutingNode).url, number: n, queueId });
    seat.socket.on('offer.made', (offer: OfferView) => {
      const heard = waiting.get(offer.customerName);
      waiting.delete(offer.customerName);
      heard?.({ at: performance.now(), seat, offer });
    });
    seats.push(seat);
  }
  await sleep(500);
  return {
    channelId,
    hears: (customer) => new Promise((heard) => waiting.set(customer, heard)),
    settle: async () => {
      const giveUpAt = performance.now() + patienceMs;
      while (waiting.size > 0 && performance.now() < giveUpAt) {
        await sleep(20);
      }
      await sleep(500);
    },
    close: () => seats.forEach(({ socket }) => void socket.close()),
  };
}

async function takeSeat(
  admin: SignedIn,
  { url, number, queueId }: { url: string; number: number; queueId: string },
): Promise<Seat> {
  const credentials = { email: `asked${String(number)}@bench.test`, password: administrator.password };
  await admin.addColleague(credentials, { name: `Asked ${String(number)}`, role: 'agent', queueIds: [queueId] });
  const agent = await SignedIn.as(url, credentials);
  const socket = io(`${url}/agent`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: url, cookie: agent.cookie },
  });
  await new Promise<void>((done, failed) => {
    socket.once('connect', () => done());
    socket.once('connect_error', (error) => failed(error));
  });
  await agent.call('PATCH', '/api/me', { status: 'online' });
  return { socket, answer: (offer) => agent.call('POST', `/api/offers/${offer.id}/accept`) };
}
