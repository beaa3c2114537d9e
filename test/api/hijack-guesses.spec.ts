import { randomBytes, randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CustomerLinkView } from '#contract';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import { ThreadTokens } from '../../apps/hub/src/delivery/thread-tokens.service.js';
import { CustomerLinks } from '../../apps/hub/src/desk/customers/own-page/customer-links.service.js';
import { stranger } from '../support/build-rows.js';
import { freshPhone, PeopleDesk } from '../support/people-desk.js';

/** Guesses at each door: a few here, a million by `PEYK_GUESSES=1000000 npm test -- test/api/hijack-guesses.spec.ts`. */
const guesses = Number(process.env['PEYK_GUESSES'] ?? 3_000);

/** Where the guesses at the open door come from, and how many are on their way at once. */
const places = 250;
const connections = 8;
const pipelined = 50;

const secret = `canary ${uuid()}`;
let desk: PeopleDesk;
let token = '';
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web', TRUST_PROXY: '127.0.0.1' } });
  const victim = await desk.hear({ address: freshPhone(), text: secret });
  const made = await desk.customer<CustomerLinkView>(victim.customer, '/links', {
    body: { identityId: victim.identity },
  });
  token = (made.body.url ?? '').replace(/^.*\/my\//, '');
});
afterAll(() => desk.stop());

/** What a guess is made of whose maker knows all that is no secret: the id is right, and only what signs it is not. */
const guessLink = (): string =>
  Buffer.concat([Buffer.from(token, 'base64url').subarray(0, 16), randomBytes(32)]).toString('base64url');

const letters = (count: number): string =>
  Array.from({ length: count }, () => 'abcdefghijklmnopqrstuvwxyz234567'[randomInt(32)]).join('');
/** The last letter of a base32 text of 64 bits holds one or two of them. */
const lastOf = (text: string): string => text[randomInt(text.length)] as string;

function report(what: string, figures: object): void {
  if (guesses >= 100_000) {
    process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
  }
}

/** Sends guesses over one connection, many at a time as HTTP lets one; counts answers by their status. */
function besiege(count: number, found: Map<string, number>): Promise<void> {
  const { port } = new URL(desk.hub.url);
  const socket = connect(Number(port), '127.0.0.1');
  let [asked, answered, tail] = [0, 0, ''];
  const ask = (): void => {
    const many = Math.min(pipelined, count - asked);
    asked += many;
    socket.write(
      Array.from({ length: many }, () => {
        const path = `${randomInt(2) === 0 ? '/my/' : '/api/my/'}${guessLink()}`;
        const from = `10.0.${String(randomInt(places))}.1`;
        return `GET ${path} HTTP/1.1\r\nHost: peyk.test\r\nX-Forwarded-For: ${from}\r\n\r\n`;
      }).join(''),
    );
  };
  return new Promise((resolve, reject) => {
    socket.on('connect', ask).on('error', reject);
    socket.on('close', () => reject(new Error('the hub closed a connection')));
    socket.on('data', (chunk) => {
      const text = tail + chunk.toString('latin1');
      const heads = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)];
      for (const [, status = ''] of heads) {
        found.set(status, (found.get(status) ?? 0) + 1);
      }
      if (text.includes(secret)) {
        found.set('secret', 1);
      }
      // A head, or the secret, may be cut in two by the end of a chunk; a head that was counted is not kept.
      const seen = heads.at(-1);
      tail = text.slice(Math.max(seen ? seen.index + 13 : 0, text.length - secret.length));
      answered += heads.length;
      if (answered === count) {
        socket.removeAllListeners('close');
        socket.end();
        resolve();
      } else if (answered === asked) {
        ask();
      }
    });
  });
}

const real = async (from: string) =>
  (await stranger(desk.hub).call(`/api/my/${token}`, { headers: { 'x-forwarded-for': from } })).text;

it(`${String(guesses)} guesses at a customer's own page from ${String(places)} places open nothing, and most are not even looked at`, async () => {
  expect(await real('10.9.0.1')).toContain(secret);
  const found = new Map<string, number>();
  const startedAt = performance.now();
  const share = Math.ceil(guesses / connections);
  await Promise.all(Array.from({ length: connections }, () => besiege(share, found)));
  const seconds = (performance.now() - startedAt) / 1_000;
  report('own page', { guesses: share * connections, seconds: Math.round(seconds), ...Object.fromEntries(found) });
  expect([...found.keys()].filter((status) => status !== '404' && status !== '429')).toEqual([]);
  expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(share * connections);
  // The limits let so many through from each place in each minute that was begun.
  expect(found.get('404') ?? 0).toBeLessThanOrEqual(places * 20 * (Math.floor(seconds / 60) + 2));
  expect(await real('10.9.0.2')).toContain(secret);
}, 3_600_000);

it(`${String(guesses)} guesses at each kind of signature name nobody`, () => {
  const { app } = desk.hub;
  const [links, visitors, threads] = [
    app.get(CustomerLinks, { strict: false }),
    app.get(VisitorTokens, { strict: false }),
    app.get(ThreadTokens, { strict: false }),
  ];
  const thread = uuid();
  const [chat, mail, [words = '']] = [
    desk.channel.id,
    threads.tokenFor(thread),
    visitors.issue(desk.channel.id).split('.'),
  ];
  const [ours] = /^<m\.[a-z2-7]{26}\.[a-z2-7]{26}\./.exec(
    threads.messageIdFor({ messageId: uuid(), threadId: thread }, 'peyk.test'),
  ) as RegExpExecArray;
  const doors: [name: string, guess: () => unknown][] = [
    ['own page', () => links.linkOf(guessLink())],
    ['visitor', () => visitors.read(`${words}.${randomBytes(32).toString('base64url')}`, chat)],
    ['reply address', () => threads.threadOf(`${mail.slice(0, 26)}${letters(12)}${lastOf('aiqy')}`)],
    ['Message-ID', () => threads.mailOf(`${ours}${letters(12)}${lastOf('acegikmoqsuwy246')}@peyk.test>`)],
  ];
  expect(links.linkOf(token)).not.toBeNull();
  expect(threads.threadOf(mail)).toBe(thread);
  for (const [name, guess] of doors) {
    const startedAt = performance.now();
    let hits = 0;
    for (let n = 0; n < guesses; n++) {
      hits += guess() === null ? 0 : 1;
    }
    report(name, { guesses, seconds: Math.round((performance.now() - startedAt) / 1_000), hits });
    expect([name, hits]).toEqual([name, 0]);
  }
}, 3_600_000);
