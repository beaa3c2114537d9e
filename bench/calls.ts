import { createServer, type AddressInfo } from 'node:net';
import type { ChannelView, ScriptView } from '#contract';
import { startTwilio, type TwilioStandIn } from '../tools/stand-ins/twilio.js';
import { percentile, show } from './figures.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { closeAtTheEnd, loadAverage } from './machine.js';
import type { Settings } from './settings.js';
import { inFolder } from './start-up.js';

const line = '+982191000000';
const budgetMs = 1000;
/** Twilio waits fifteen seconds; nobody is to wait for more than half of that. */
const hardMs = 8000;
/** Calls at once, and how many rounds of them. */
const whole = { calls: 50, rounds: 4 };
const small = { calls: 10, rounds: 1 };

const menu = `
format: hub-script/1
id: bench_menu
title: {en: Bench}
locales: [en]
default_locale: en
channels: [voice]
vars:
  order: {type: text}
start: {default: menu}
fallback: bye
nodes:
  menu:
    do: ask
    message: {text: {en: Press one for your order.}}
    options:
      - {id: order, label: {en: My order}, dtmf: "1", next: order}
      - {id: hours, label: {en: Opening hours}, dtmf: "2", next: hours}
    retry: {max: 2, then: bye}
  order:
    do: collect
    message: {text: {en: Key in your order number.}}
    type: digits
    into: order
    next: told
    retry: {max: 2, then: bye}
  told: {do: say, message: {text: {en: "Order {{ order }} is on its way."}}, next: menu}
  hours: {do: say, message: {text: {en: We are open from nine to five.}}, next: bye}
  bye: {do: end, outcome: resolved, message: {text: {en: Goodbye.}}}
`;

/** How soon callers hear what is next, while so many walk a menu at once: every request of every call counts. */
export async function measureCalls({ main, isSmall, nodeFlags }: Settings): Promise<boolean> {
  return inFolder(async (dataDir) => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${String(port)}`;
    const env = { PUBLIC_URL: publicUrl, PORT: String(port) };
    const hub = await startBuiltHub({ main, dataDir, nodeFlags, env });
    try {
      const twilio = await startTwilio({ publicUrl });
      closeAtTheEnd(() => twilio.close());
      const channel = await openLine(hub.url, twilio);
      const size = isSmall ? small : whole;
      const requests: Request[] = [];
      // Everything is loaded once, as in a hub that has answered calls before.
      await callAtOnce(twilio, channel, size.calls, 0);
      for (let round = 1; round <= size.rounds; round += 1) {
        requests.push(...(await callAtOnce(twilio, channel, size.calls, round)));
      }
      return tell(requests, size);
    } finally {
      await hub.stop();
    }
  });
}

/** Signatures cover the public address, so it must be known before the hub starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

interface Request {
  ms: number;
  problems: number;
}

async function openLine(url: string, twilio: TwilioStandIn): Promise<string> {
  const admin = await SignedIn.as(url, administrator);
  const config = { driver: 'twilio', accountSid: twilio.accountSid, baseUrl: twilio.url, answers: 'peyk' };
  const secrets = { authToken: twilio.authToken };
  const channel = await admin.call<ChannelView>('POST', '/api/channels', {
    kind: 'phone',
    name: 'Bench',
    config,
    secrets,
  });
  const script = await admin.call<ScriptView>('POST', '/api/scripts', { name: 'Bench', source: menu });
  await admin.call('POST', `/api/scripts/${script.id}/publish`, { version: script.draftVersion });
  await admin.call('POST', `/api/scripts/${script.id}/deployments`, { channelId: channel.id });
  return channel.id;
}

/** Each with a number of its own, and a key pressed as soon as a prompt is there. */
async function callAtOnce(twilio: TwilioStandIn, channel: string, calls: number, round: number): Promise<Request[]> {
  const acts = [{ press: '9' }, { press: '1' }, { press: '123456' }, 'silence', { press: '2' }] as const;
  const walked = await Promise.all(
    Array.from({ length: calls }, (_, n) =>
      twilio.voice.dialIn(channel, {
        from: `+98912${String(1_000_000 + round * 1000 + n)}`,
        to: line,
        acts: [...acts],
      }),
    ),
  );
  return walked.flatMap(({ requests, problems, heard }) =>
    requests.map(({ ms }) => ({ ms, problems: problems.length + (heard.at(-1) === 'hang_up' ? 0 : 1) })),
  );
}

function tell(requests: readonly Request[], { calls, rounds }: typeof whole): boolean {
  const times = requests.map(({ ms }) => ms);
  const [half, most, last] = [0.5, 0.99, 1].map((share) => percentile(times, share)) as [number, number, number];
  const faults = requests.filter(({ problems }) => problems > 0).length;
  const isKept = most <= budgetMs && last <= hardMs && faults === 0;
  process.stdout.write(
    `${String(calls)} calls at once walked a menu, ${String(rounds)} times: ${String(times.length)} answers after p50 ${show(half)} ms, ` +
      `p99 ${show(most)} ms, last ${show(last)} ms, faults ${String(faults)}; budget p99 ${String(budgetMs)} ms and none over ` +
      `${String(hardMs)} ms, ${isKept ? 'kept' : 'MISSED'}; load average ${loadAverage()}\n`,
  );
  return isKept;
}
