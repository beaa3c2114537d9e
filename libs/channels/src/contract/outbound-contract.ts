import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { ChannelError, type CheckStep, type Sent } from '../channel-adapter.js';
import type { OutboundAttachment, OutboundMessage } from '../message.js';
import { file, texts } from './samples.js';
import type { OutboundScenes, ProviderMood, Stage } from './stage.js';

/** What must hold of everything that a channel sends. */
export function describeOutbound<S extends Stage>(stage: () => S, scenes: OutboundScenes<S>): void {
  const delivered = async () => scenes.delivered(stage());
  const sendIn = (mood: ProviderMood, message: OutboundMessage) => send(stage(), scenes, mood, message);

  for (const [what, text] of Object.entries(texts)) {
    it(`delivers a text exactly once and exactly as written: ${what}`, async () => {
      const before = (await delivered()).length;
      const sent = await sendIn('accepts', buildMessage(scenes, text));
      expect(sent.providerId).toEqual(expect.any(String));
      expect(sent.providerId).not.toBe('');
      expect((await delivered()).slice(before).map((one) => one.text)).toEqual([text]);
    });
  }

  it('delivers in the order in which it is given', async () => {
    const before = (await delivered()).length;
    const written = ['first of three', 'second of three', 'third of three'];
    for (const text of written) {
      await sendIn('accepts', buildMessage(scenes, text));
    }
    expect((await delivered()).slice(before).map((one) => one.text)).toEqual(written);
  });

  describeLimits(stage, scenes);
  describeFailures(stage, scenes);
  describeCheck(stage, scenes);

  it('sends again after every kind of failure', async () => {
    const before = (await delivered()).length;
    await sendIn('accepts', buildMessage(scenes, 'back again'));
    expect((await delivered()).slice(before).map((one) => one.text)).toEqual(['back again']);
  });
}

/** What the capability table promises holds at the provider, and what is beyond it never gets there. */
function describeLimits<S extends Stage>(stage: () => S, scenes: OutboundScenes<S>): void {
  async function expectRefused(message: OutboundMessage): Promise<void> {
    const before = (await scenes.delivered(stage())).length;
    const error = await failure(send(stage(), scenes, 'accepts', message));
    expect({ retry: error.retry, doubtful: error.doubtful }).toEqual({ retry: 'never', doubtful: false });
    expect((await scenes.delivered(stage())).length).toBe(before);
  }

  it('refuses a text that is longer than it says, before anything leaves', async () => {
    const { textLimit } = stage().adapter.capabilities;
    if (textLimit !== null) {
      await expectRefused(buildMessage(scenes, 'x'.repeat(textLimit + 1)));
    }
  });

  if (!scenes.attachments) {
    it('refuses a file where it says that it takes none', async () => {
      await expectRefused(buildMessage(scenes, 'with a file', [outboundFile()]));
    });
    return;
  }

  it('delivers a file whole', async () => {
    await send(stage(), scenes, 'accepts', buildMessage(scenes, 'with a file', [outboundFile()]));
    const last = (await scenes.delivered(stage())).at(-1);
    expect(last?.attachments).toEqual([{ name: file.name, bytes: file.bytes.length }]);
  });

  it('refuses a file that is larger than it says, before it is read', async () => {
    const { attachments } = stage().adapter.capabilities;
    const tooLarge = {
      ...outboundFile(),
      bytes: (attachments?.maxBytes ?? 0) + 1,
      open: () => {
        throw new Error('a file that is too large was read');
      },
    };
    await expectRefused(buildMessage(scenes, 'too large', [tooLarge]));
  });

  it('refuses more files than it says', async () => {
    const { attachments } = stage().adapter.capabilities;
    const tooMany = Array.from({ length: (attachments?.maxCount ?? 0) + 1 }, outboundFile);
    await expectRefused(buildMessage(scenes, 'too many', tooMany));
  });
}

interface Failure {
  what: string;
  mood: ProviderMood;
  retry: ChannelError['retry'];
  retryAfterMs: number | null;
}

function describeFailures<S extends Stage>(stage: () => S, scenes: OutboundScenes<S>): void {
  const failures: Failure[] = [
    { what: 'gives up on what the provider refuses', mood: 'refuses', retry: 'never', retryAfterMs: null },
    {
      what: 'tries again soon when throttled',
      mood: 'throttles',
      retry: 'soon',
      retryAfterMs: scenes.retryAfterMs,
    },
    {
      what: 'tries again soon, without doubt, when nobody listens',
      mood: 'absent',
      retry: 'soon',
      retryAfterMs: null,
    },
    {
      what: 'waits for the account when it is not authorised',
      mood: 'unauthorised',
      retry: 'after-reconnect',
      retryAfterMs: null,
    },
  ];
  for (const { what, mood, retry, retryAfterMs } of failures) {
    it(what, async () => {
      const before = (await scenes.delivered(stage())).length;
      const error = await failure(send(stage(), scenes, mood, buildMessage(scenes, 'not now')));
      expect({ retry: error.retry, doubtful: error.doubtful, retryAfterMs: error.retryAfterMs }).toEqual({
        retry,
        doubtful: false,
        retryAfterMs,
      });
      expect((await scenes.delivered(stage())).length).toBe(before);
      expectTold(error, stage());
    });
  }

  it('stays in doubt when the connection is cut after the request', async () => {
    const error = await failure(send(stage(), scenes, 'cut', buildMessage(scenes, 'did it arrive?')));
    expect(error.doubtful).toBe(true);
    expectTold(error, stage());
  });
}

/** Only adapters that can try an account out: a check must say what is wrong in words, and move nothing. */
function describeCheck<S extends Stage>(stage: () => S, scenes: OutboundScenes<S>): void {
  const checkIn = async (mood: ProviderMood): Promise<CheckStep[] | null> => {
    const { adapter } = stage();
    const account = await scenes.arrange(stage(), mood);
    const steps: CheckStep[] = [];
    await adapter.check?.(account, (step) => void steps.push(step));
    return adapter.check ? steps : null;
  };

  it('passes its own check while all is well, and sends nobody anything by it', async () => {
    const before = (await scenes.delivered(stage())).length;
    const steps = (await checkIn('accepts')) ?? [];
    expect(steps.filter(({ state }) => state === 'failed')).toEqual([]);
    expect((await scenes.delivered(stage())).length).toBe(before);
  });

  it('fails its own check when nobody listens, with the reason and without a secret', async () => {
    const steps = await checkIn('absent');
    if (steps !== null) {
      expect(steps.some(({ state, code }) => state === 'failed' && code !== 'ok')).toBe(true);
      const told = steps.map(({ code, text }) => `${code} ${text}`).join('\n');
      expect(stage().secretTexts.filter((secret) => told.includes(secret))).toEqual([]);
    }
  });
}

async function send<S extends Stage>(
  stage: S,
  scenes: OutboundScenes<S>,
  mood: ProviderMood,
  message: OutboundMessage,
): Promise<Sent> {
  const account = await scenes.arrange(stage, mood);
  if (!stage.adapter.send) {
    throw new Error('the adapter has no send');
  }
  return await stage.adapter.send(message, account);
}

let counter = 0;

function buildMessage<S extends Stage>(
  scenes: OutboundScenes<S>,
  text: string,
  attachments: OutboundAttachment[] = [],
): OutboundMessage {
  counter += 1;
  const id = `01900000-0000-7000-8000-${String(counter).padStart(12, '0')}`;
  return { id, to: scenes.to, toName: 'مریم', text, attachments, mail: scenes.mail?.(id) ?? null, replyTo: null };
}

function outboundFile(): OutboundAttachment {
  return {
    name: file.name,
    mediaType: file.mediaType,
    bytes: file.bytes.length,
    open: () => Readable.from([file.bytes]),
  };
}

async function failure(send: Promise<unknown>): Promise<ChannelError> {
  const error: unknown = await send.then(
    () => new Error('the send went well'),
    (caught: unknown) => caught,
  );
  if (!(error instanceof ChannelError)) {
    throw new Error(`expected a ChannelError, got ${String(error)}`, { cause: error });
  }
  return error;
}

/** What agents and administrators read of a failure: a stable code, some words, and nothing that must stay unknown. */
function expectTold(error: ChannelError, { secretTexts }: Stage): void {
  expect(error.code).toMatch(/^[a-z][a-z_]*$/);
  expect(error.message).not.toBe('');
  const told = `${error.code} ${error.message}`;
  expect(secretTexts.filter((secret) => told.includes(secret))).toEqual([]);
}
