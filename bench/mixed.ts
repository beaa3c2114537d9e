import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { populate, setStage, type Candidate } from './candidates.js';
import { DatabaseServer } from './database-server.js';
import { drive, type Driven } from './driver.js';
import { isKept, percentile, showVerdict, table, type Verdict } from './figures.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { closeAtTheEnd, loadAverage, type Program } from './machine.js';
import type { Settings } from './settings.js';

const database = 'mixed';
const wholeAudience = 50_000;
const smallAudience = 1_500;
/** One in so many asked for no more on the channel. */
const optedOutOf = 50;
const patienceMs = 45 * 60_000;
const secret = `whsec_${Buffer.from('a bench key of thirty-two bytes!').toString('base64')}`;

/** Where a campaign's SMS end: every number counts what it got. */
interface Phones {
  url: string;
  received: Map<string, number>;
}

interface Campaign {
  id: string;
  admin: SignedIn;
}

/**
 * Messages arrive at a steady rate while a campaign to fifty thousand customers leaves, and while it is paused: in turns, in one run. Then
 * the hub is killed in the middle of it and started again.
 */
export async function measureMixed(settings: Settings): Promise<boolean> {
  const { main, isSmall, senders, nodeFlags } = settings;
  const audience = isSmall ? smallAudience : wholeAudience;
  const server = await DatabaseServer.start();
  await server.checkDurable();
  await server.create(database);
  const phones = await startPhones();
  const hub = { main, dataDir: join(server.folder, database), databaseUrl: server.urlOf(database), nodeFlags };
  const first = await startBuiltHub(hub);
  const stage = await setStage(first, senders);
  const channelId = await addGateway(await SignedIn.as(first.url, administrator), phones);
  await first.stop();
  await seedAudience(server, channelId, audience);
  const program = await startBuiltHub(hub);
  const target = { senders, channelId: stage.channelId, secret, ...(await populate('hub', program, stage.chatId)) };
  await drive(target, { kind: 'open', rate: settings.rate, seconds: 3 });
  const campaign = await begin(program, channelId);
  const isQuickEnough = await alternate(settings, target, campaign, phones);
  process.kill(program.pid, 'SIGKILL');
  const before = sum(phones.received);
  await sleep(500);
  const again = await startBuiltHub(hub);
  await finish({ ...campaign, admin: await SignedIn.as(again.url, administrator) });
  process.stdout.write(`killed after ${String(before)} of ${String(audience)}, and started again\n`);
  const isExact = await judgeExactness(server, phones, audience);
  return isQuickEnough && isExact;
}

/** Rounds of two stretches: without the campaign, and with it. Stops early when it is nearly through, so that the kill has something to hit. */
async function alternate(
  { rounds, rate, seconds }: Settings,
  target: Candidate,
  campaign: Campaign,
  phones: Phones,
): Promise<boolean> {
  const lines: { without: Driven; with: Driven; sent: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    await step(campaign, 'pause');
    await calm(phones);
    const without = await drive(target, { kind: 'open', rate, seconds });
    await step(campaign, 'resume');
    await stirred(phones);
    const from = sum(phones.received);
    const beside = await drive(target, { kind: 'open', rate, seconds });
    lines.push({ without, with: beside, sent: sum(phones.received) - from });
  }
  const row = (name: string, { frameMs, answerMs, accepted }: Driven, sent: number) => [
    name,
    accepted,
    percentile(answerMs, 0.5),
    percentile(answerMs, 0.99),
    percentile(frameMs, 0.5),
    percentile(frameMs, 0.99),
    sent,
  ];
  const head = ['round', 'messages', 'answer p50', 'answer p99', 'frame p50', 'frame p99', 'sent meanwhile'];
  const shown = lines.flatMap((line, index) => [
    row(`${String(index + 1)} without`, line.without, 0),
    row(`${String(index + 1)} with`, line.with, line.sent),
  ]);
  process.stdout.write(`${String(rate)}/s, ${String(seconds)} s a stretch\n${table([head, ...shown])}\n\n`);
  const ratios = (of: (driven: Driven) => number[]) =>
    lines.map((line) => percentile(of(line.with), 0.99) / percentile(of(line.without), 0.99));
  const verdicts: Verdict[] = [
    { name: 'answer p99', ratios: ratios(({ answerMs }) => answerMs), budget: { most: 2 } },
    { name: 'frame p99', ratios: ratios(({ frameMs }) => frameMs), budget: { most: 2 } },
  ];
  process.stdout.write(
    `${table([['with / without', 'median', 'range', 'budget', ''], ...verdicts.map(showVerdict)])}\n`,
  );
  const isEverSent = lines.every(({ sent }) => sent > 0);
  process.stdout.write(
    `${isEverSent ? 'The campaign left in every stretch' : 'A stretch measured NOTHING: nothing left in it'}; load average ${loadAverage()}\n\n`,
  );
  return isEverSent && verdicts.every(isKept);
}

interface Counted {
  people: number;
  once: number;
  out: number;
  doubtful: number;
}

/** Who got how much, as the timelines have it. */
async function countTold(server: DatabaseServer): Promise<Counted> {
  const [row] = await server.run<Record<keyof Counted, string>>(
    database,
    `with got as (
       select p.person_id, p.state, o.id is not null as out, (
         select count(*) from message m join conversation c on c.id = m.conversation_id
         where c.customer_id = p.person_id and m.content -> 'event' ->> 'name' = 'outreach.message') as messages
       from outreach_person p join identity i on i.customer_id = p.person_id left join opt_out o on o.address = i.address)
     select count(*) as people, count(*) filter (where messages = 1 and not out) as once, count(*) filter (where messages > 0 and out) as out,
            count(*) filter (where state = 'unconfirmed') as doubtful from got`,
  );
  const { people, once, out, doubtful } = row ?? { people: '0', once: '0', out: '0', doubtful: '0' };
  return { people: Number(people), once: Number(once), out: Number(out), doubtful: Number(doubtful) };
}

async function judgeExactness(server: DatabaseServer, { received }: Phones, audience: number): Promise<boolean> {
  const wanted = audience - Math.floor(audience / optedOutOf);
  const twice = [...received.values()].filter((count) => count > 1).length;
  const arrived = received.size;
  const { people, once, out, doubtful } = await countTold(server);
  const isToldOnce = people === audience && once === wanted && out === 0;
  // One that the kill caught between the gateway and our note of it arrived or not; it is shown as doubtful and never sent again.
  const isReachedOnce = twice === 0 && arrived <= wanted && arrived >= wanted - doubtful;
  const isExact = isToldOnce && isReachedOnce;
  process.stdout.write(
    `${String(people)} in the audience, ${String(once)} of ${String(wanted)} told once, ${String(out)} of those who opted out, ` +
      `${String(twice)} phones twice, ${String(arrived)} phones reached, ${String(doubtful)} doubtful: ${isExact ? 'exact' : 'NOT exact'}\n`,
  );
  return isExact;
}

async function startPhones(): Promise<Phones> {
  const received = new Map<string, number>();
  let count = 0;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const to = new URLSearchParams(body).get('receptor') ?? '';
      received.set(to, (received.get(to) ?? 0) + 1);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: 200, id: String((count += 1)) }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closeAtTheEnd(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, received };
}

async function addGateway(admin: SignedIn, { url }: Phones): Promise<string> {
  const { id } = await admin.call('POST', '/api/channels', {
    kind: 'sms',
    name: 'Campaigns',
    config: {
      driver: 'gateway',
      from: '30001234',
      request: {
        method: 'POST',
        url: `${url}/send`,
        body: { as: 'form', fields: { receptor: '{to}', message: '{text}', localid: '{id}' } },
      },
      response: { success: { path: 'status', values: [200] }, id: 'id', error: 'error' },
      inbound: { proof: { as: 'header', name: 'x-secret' }, message: { from: 'from', text: 'text', id: 'id' } },
    },
    secrets: { inboundSecret: 'a secret of the bench', apiKey: 'key' },
  });
  return id;
}

/** Customers who agreed to offers, some of whom asked the channel for no more since. */
async function seedAudience(server: DatabaseServer, channelId: string, audience: number): Promise<void> {
  await server.run(
    database,
    `set session_replication_role = replica`,
    `create temporary table who as
     select n, gen_random_uuid() as id, gen_random_uuid() as talk, '+98912' || lpad(n::text, 7, '0') as phone from generate_series(1, ${String(audience)}) n`,
    `insert into customer (id, name, name_key, locale, fields) select id, 'Customer ' || n, 'customer ' || n, 'en', '{"campaign": "yes"}' from who`,
    `insert into conversation (id, customer_id) select talk, id from who`,
    `insert into identity (id, customer_id, kind, address, trust) select gen_random_uuid(), id, 'phone', phone, 'channel_given' from who`,
    `insert into customer_consent (customer_id, purpose, state, source) select id, 'offers', 'given', 'import' from who`,
    `insert into opt_out (id, channel_id, kind, address, source, said)
     select gen_random_uuid(), '${channelId}', 'phone', phone, 'customer', 'لغو' from who where n % ${String(optedOutOf)} = 0`,
    `insert into customer_attribute (id, key, kind, name) values (gen_random_uuid(), 'campaign', 'text', '{"en": "Campaign", "fa": "کارزار"}')`,
    `vacuum analyze`,
  );
}

async function begin({ url }: Program, channelId: string): Promise<Campaign> {
  const admin = await SignedIn.as(url, administrator);
  const segment = await admin.call('POST', '/api/segments', {
    name: 'Everybody of the campaign',
    condition: { all: [{ field: 'attribute', key: 'campaign', op: 'is', value: ['yes'] }] },
  });
  const { id } = await admin.call('POST', '/api/outreach', {
    name: 'Campaign',
    segmentId: segment.id,
    channelIds: [channelId],
    hours: 'any',
    perMinute: 60_000,
    texts: {
      en: { subject: '', body: 'Hello {{ customer.name }}, this week everything is half the price.' },
      fa: { subject: '', body: '' },
    },
  });
  const campaign = { id, admin };
  await step(campaign, 'schedule');
  return until(campaign, ({ state }) => state === 'running');
}

async function step({ id, admin }: Campaign, act: string): Promise<void> {
  await admin.call('POST', `/api/outreach/${id}/${act}`);
}

/** As an administrator would who looks again and again; one that was paused when the hub died goes on. */
async function finish(campaign: Campaign): Promise<void> {
  const { state } = await campaign.admin.call<{ state: string }>('GET', `/api/outreach/${campaign.id}`);
  if (state === 'paused') {
    await step(campaign, 'resume');
  }
  await until(campaign, (now) => now.state === 'done');
}

async function until(campaign: Campaign, fits: (now: { state: string }) => boolean): Promise<Campaign> {
  const giveUpAt = performance.now() + patienceMs;
  while (!fits(await campaign.admin.call('GET', `/api/outreach/${campaign.id}`))) {
    if (performance.now() > giveUpAt) {
      throw new Error('The campaign does not come to its end.');
    }
    await sleep(200);
  }
  return campaign;
}

/** Nothing more leaves. */
async function calm({ received }: Phones): Promise<void> {
  for (let last = -1; last !== sum(received); await sleep(300)) {
    last = sum(received);
  }
}

/** It leaves again, or there is nothing left of it. */
async function stirred({ received }: Phones): Promise<void> {
  const from = sum(received);
  for (let tries = 0; tries < 100 && sum(received) === from; tries++) {
    await sleep(50);
  }
}

function sum(received: ReadonlyMap<string, number>): number {
  return [...received.values()].reduce((all, one) => all + one, 0);
}
