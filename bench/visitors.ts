import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { ConversationChanges, MessageView } from '#contract';
import { percentile, show } from './figures.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { closeAtTheEnd, loadAverage } from './machine.js';
import type { Settings } from './settings.js';
import { inFolder } from './start-up.js';
import { runCrowd, type CrowdReport } from './visitor-crowd.js';

const rate = 50;
const seconds = 15;
const cut = { afterMs: 4_000, ms: 2_000 };
const backBudgetMs = 10_000;
const mostTries = 60;
const againMs = 500;

/** All visitors fall off at once while 50 messages a second pass: nothing is lost, nothing comes twice, and all are back in time. */
export async function measureVisitors({ main, visitors, nodeFlags }: Settings): Promise<boolean> {
  return inFolder(async (dataDir) => {
    const hub = await startBuiltHub({ main, dataDir, nodeFlags, env: { TRUST_PROXY: '127.0.0.1' } });
    try {
      const desk = await openDesk(hub.url);
      const report = await runCrowd({
        hub: hub.url,
        channel: desk.channel,
        visitors,
        rate,
        seconds,
        cut,
        answer: desk.answer,
      });
      return tell(report);
    } finally {
      await hub.stop();
    }
  });
}

interface Desk {
  channel: string;
  answer: (opening: string, body: string) => Promise<void>;
}

/** A chat, and an agent who hears of everybody in it and answers over the API. */
async function openDesk(url: string): Promise<Desk> {
  const admin = await SignedIn.as(url, administrator);
  const config = { newChatsPerMinute: 10_000 };
  const { id: channel } = await admin.call('POST', '/api/channels', { kind: 'web', name: 'Bench chat', config });
  const [queue] = await admin.call<{ id: string }[]>('GET', '/api/queues');
  const credentials = { email: 'agent@bench.test', password: administrator.password };
  await admin.addColleague(credentials, { name: 'Agent', role: 'agent', queueIds: [queue?.id] });
  const agent = await SignedIn.as(url, credentials);
  const heard = new Map<string, MessageView>();
  const socket = io(`${url}/agent`, {
    transports: ['websocket'],
    extraHeaders: { origin: url, cookie: agent.cookie },
  });
  socket.on('conversation.changes', ({ messages }: ConversationChanges) =>
    messages.forEach((message) => heard.set(message.body, message)),
  );
  await new Promise<void>((done) => socket.once('connect', done));
  closeAtTheEnd(() => Promise.resolve(void socket.close()));
  return {
    channel,
    async answer(opening, body) {
      const to = heard.get(opening);
      if (!to) {
        throw new Error('No agent heard of a visitor.');
      }
      const message = { id: randomUUID(), kind: 'text', body, channelId: channel, identityId: to.identityId };
      await untilTaken(() => agent.call('POST', `/api/conversations/${to.conversation}/messages`, message));
    },
  };
}

/** A console sends again what got no answer, under the same id: it is stored once. */
async function untilTaken(send: () => Promise<unknown>): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await send();
      return;
    } catch (error) {
      if (tried === mostTries) {
        throw error;
      }
      await sleep(againMs);
    }
  }
}

function tell({ sent, missing, doubled, faults, backMs }: CrowdReport): boolean {
  const isBack = Math.max(...backMs) <= backBudgetMs;
  const isWhole = missing.length + doubled.length + faults.length === 0;
  const spread = [0.5, 0.99, 1].map((share) => show(percentile(backMs, share) / 1000)).join(' / ');
  process.stdout.write(
    `${String(backMs.length)} visitors cut off for ${String(cut.ms / 1000)} s while ${String(rate)} messages a second passed: ` +
      `${String(sent.byVisitors)} sent by them, ${String(sent.byAgents)} by agents; missing ${String(missing.length)}, doubled ${String(doubled.length)}, ` +
      `faults on screens ${String(faults.length)}, ${isWhole ? 'kept' : 'MISSED'}\n` +
      `Back after (p50 / p99 / last): ${spread} s, budget ${String(backBudgetMs / 1000)} s, ${isBack ? 'kept' : 'MISSED'}; load average ${loadAverage()}\n`,
  );
  [...missing.slice(0, 3), ...doubled.slice(0, 3), ...faults.slice(0, 3)].forEach((one) =>
    process.stdout.write(`  ${one}\n`),
  );
  return isBack && isWhole;
}
