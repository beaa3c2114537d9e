import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export interface OwnChannel {
  url: string;
  channelId: string;
  secret: string;
}

interface Saying {
  count: number;
  /** A second. */
  rate: number;
  /** In whose names, in turn: so many people from this number on. */
  people: number;
  first: number;
}

/** Says `count` things each on its moment whatever became of the one before. */
export async function sayMuch(channel: OwnChannel, { count, rate, people, first }: Saying): Promise<void> {
  const startedAt = performance.now();
  const run = startedAt.toString(36);
  const answers: Promise<number>[] = [];
  for (let n = 0; n < count; n++) {
    const early = startedAt + (n * 1000) / rate - performance.now();
    if (early > 1) {
      await pause(early);
    }
    answers.push(
      say(channel, `burst-${run}-${n}`, {
        from: { id: `s${first + (n % people)}`, name: 'Customer' },
        text: `Burst ${n}`,
      }),
    );
  }
  const refused = (await Promise.all(answers)).filter((status) => status !== 200);
  if (refused.length > 0) {
    throw new Error(`${refused.length} of ${count} were refused, the first with ${refused[0] ?? ''}.`);
  }
}

async function say({ url, channelId, secret }: OwnChannel, id: string, message: object): Promise<number> {
  const body = JSON.stringify(message);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const answer = await fetch(`${url}/hooks/messages/${channelId}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}
