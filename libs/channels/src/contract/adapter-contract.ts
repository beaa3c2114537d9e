import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  type ChannelAccount,
  type ChannelAdapter,
  ChannelError,
  ForgedWebhook,
  UnreadableWebhook,
} from '../channel-adapter.js';
import type { Address, InboundEvent, InboundMessage, OutboundAttachment, OutboundMessage } from '../message.js';
import { capabilityFaults, inboundFaults } from './contract-rules.js';

/** What a customer sends in one scene. The stage writes it in its provider's form; `id` becomes the provider's own id. */
export interface Sample {
  id: string;
  text: string;
  attachment?: { name: string; mediaType: string; bytes: Uint8Array };
}

/** One message as the person at the other end would see it, recorded by the stand-in. */
export interface Delivered {
  text: string;
  attachments?: ReadonlyArray<{ name: string; bytes: number }>;
}

/**
 * What the provider is made to do with the next send. `absent`: nobody listens where the account points. `cut`: it takes the
 * whole request and the connection ends before the answer.
 */
export type ProviderMood = 'accepts' | 'refuses' | 'throttles' | 'absent' | 'cut' | 'unauthorised';

/** The least a stage holds. Add whatever the scenes need: the stand-in, a poll cursor, a signing key. */
export interface Stage {
  adapter: ChannelAdapter;
  account: ChannelAccount;
  /** Texts that no error may carry: passwords, tokens, keys. */
  secretTexts: string[];
  close(): Promise<void>;
}

/** A scene that brings events in by whatever way the channel has: a webhook read, one poll, a parsed mail. */
type Bring<S> = (stage: S) => Promise<InboundEvent[]>;

export interface InboundScenes<S extends Stage> {
  /** Brings one text message. Absent on a channel without texts (calls), which gives `event` instead. */
  say?: (stage: S, sample: Sample) => Promise<InboundEvent[]>;
  /** Brings any ordinary event under the given provider id; `say` serves when this is absent. */
  event?: (stage: S, id: string) => Promise<InboundEvent[]>;
  /** False where the channel carries no files inward. */
  attachments: boolean;
  /** Deliveries that are the provider's but broken, by name. Each must end as UnreadableWebhook or as events that keep the raw form. */
  malformed: Record<string, Bring<S>>;
  /** Deliveries that only pretend, by name. Each must end as ForgedWebhook or flagged; empty where nothing can be forged (polling). */
  forged: Record<string, Bring<S>>;
}

export interface OutboundScenes<S extends Stage> {
  to: Address;
  /** The mail part of every message sent, for the e-mail channel. */
  mail?: (id: string) => NonNullable<OutboundMessage['mail']>;
  /** Puts the provider in a mood and gives the account to send through (for `absent` one that points at a closed port). */
  arrange(stage: S, mood: ProviderMood): ChannelAccount | Promise<ChannelAccount>;
  /** Everything delivered since the stage opened, in order. */
  delivered(stage: S): readonly Delivered[] | Promise<readonly Delivered[]>;
  /** What `retryAfterMs` must be when throttled; null where the protocol cannot say. */
  retryAfterMs: number | null;
  /** False where sends do not carry files. */
  attachments: boolean;
}

export interface ContractSetup<S extends Stage> {
  open(): Promise<S>;
  /** Null on an adapter that only sends. */
  inbound: InboundScenes<S> | null;
  /** Null on an adapter without `send`, where storing is delivering. */
  outbound: OutboundScenes<S> | null;
}

const texts: Record<string, string> = {
  latin: 'Hello, my order #1001 has not arrived.',
  'Persian with its half-spaces': 'می‌خواهم سفارش‌هایم را لغو کنم؛ شمارهٔ ۱۴۰۳۲ است.',
  'Arabic with its own yeh and kaf': 'كيف يمكنني استرجاع المبلغ إلى حسابي؟ شكرًا لكم',
  emoji: 'عالی بود 👍🏽 👨‍👩‍👧 🇮🇷',
  'several lines': 'first line\n\nthird line',
};

const file = {
  name: 'رسید پرداخت.png',
  mediaType: 'image/png',
  bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 13, 10]),
};

/**
 * The suite that every adapter passes. The setup opens a stage (adapter, account, and a stand-in provider on loopback where one
 * is needed) once, and says how a scene is played on it; what must come out is the same for all channels and stands here.
 */
export function describeAdapter<S extends Stage>(name: string, setup: ContractSetup<S>): void {
  describe(`${name} keeps the adapter contract`, () => {
    const opened: { stage?: S } = {};
    const stage = (): S => {
      if (!opened.stage) {
        throw new Error('the stage did not open');
      }
      return opened.stage;
    };
    beforeAll(async () => {
      opened.stage = await setup.open();
    });
    afterAll(async () => {
      await opened.stage?.close();
    });

    describeSettings(stage);
    describeCapabilities(stage, setup);
    if (setup.inbound) {
      describeInbound(stage, setup.inbound);
    }
    if (setup.outbound) {
      describeOutbound(stage, setup.outbound);
    }
  });
}

function describeSettings(stage: () => Stage): void {
  it('takes its own settings and refuses an empty set of them', () => {
    const { adapter, account } = stage();
    expect(adapter.config.safeParse(account.settings).error).toBeUndefined();
    expect(adapter.secrets.safeParse(account.settings).error).toBeUndefined();
    expect(adapter.config.safeParse('not settings').success).toBe(false);
  });

  it('never puts a secret among the settings that may be shown', () => {
    const { adapter, account, secretTexts } = stage();
    const shown = JSON.stringify(adapter.config.parse(account.settings));
    expect(secretTexts.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it('describes its settings as JSON Schema, so that the console can draw the form', () => {
    const { adapter } = stage();
    for (const schema of [adapter.config, adapter.secrets]) {
      expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object' });
    }
  });
}

function describeCapabilities(
  stage: () => Stage,
  { outbound }: { outbound: { to: Address; attachments: boolean } | null },
): void {
  it('declares capabilities that fit together', () => {
    expect(capabilityFaults(stage().adapter.capabilities)).toEqual([]);
  });

  it('can send exactly when it says so', () => {
    const { adapter } = stage();
    expect(adapter.send !== undefined).toBe(outbound !== null);
    if (outbound) {
      expect(adapter.capabilities.reaches).toContain(outbound.to.kind);
      expect(adapter.capabilities.attachments !== null).toBe(outbound.attachments);
    }
  });
}

function describeInbound<S extends Stage>(stage: () => S, scenes: InboundScenes<S>): void {
  const { say } = scenes;
  const event = scenes.event ?? ((s: S, id: string) => expectSay(say)(s, { id, text: 'the same again' }));
  if (say) {
    describeTexts(stage, say);
  }

  it('gives a repeated delivery the same external id, and another delivery another one', async () => {
    const [first] = await event(stage(), 'contract-repeat');
    const [again] = await event(stage(), 'contract-repeat');
    const [other] = await event(stage(), 'contract-other');
    expect(first?.externalId).toEqual(expect.any(String));
    expect(again?.externalId).toBe(first?.externalId);
    expect(other?.externalId).toEqual(expect.any(String));
    expect(other?.externalId).not.toBe(first?.externalId);
  });

  it('keeps every event well formed: normal addresses, null for what is absent, raw bytes kept', async () => {
    const events = await event(stage(), 'contract-well-formed');
    expect(events).not.toHaveLength(0);
    expect(events.flatMap(inboundFaults)).toEqual([]);
  });

  if (say && scenes.attachments) {
    it('brings a file with its name, its type and every byte', async () => {
      const [event] = await say(stage(), { id: 'contract-file', text: 'here it is', attachment: file });
      const [attachment] = messageOf(event).attachments;
      expect(attachment).toMatchObject({ name: file.name, mediaType: file.mediaType });
      expect([...(await bytesOf(stage(), messageOf(event)))]).toEqual([...file.bytes]);
    });
  }

  for (const [what, bring] of Object.entries(scenes.malformed)) {
    it(`survives a malformed delivery: ${what}`, async () => {
      const events = await outcome(bring(stage()), UnreadableWebhook);
      expect(events.flatMap(inboundFaults)).toEqual([]);
    });
  }

  for (const [what, bring] of Object.entries(scenes.forged)) {
    it(`does not believe a forged delivery: ${what}`, async () => {
      const events = await outcome(bring(stage()), ForgedWebhook);
      for (const event of events) {
        const { flags, from } = messageOf(event);
        expect({ flagged: flags.includes('forged') || flags.includes('unverified'), trust: from.trust }).toEqual({
          flagged: true,
          trust: 'unauthenticated',
        });
      }
    });
  }
}

function describeTexts<S extends Stage>(stage: () => S, say: NonNullable<InboundScenes<S>['say']>): void {
  for (const [what, text] of Object.entries(texts)) {
    it(`reads a text exactly as written: ${what}`, async () => {
      const events = await say(stage(), { id: `contract-${what.replaceAll(' ', '-')}`, text });
      expect(events).toHaveLength(1);
      expect(messageOf(events[0]).text).toBe(text);
    });
  }
}

function describeOutbound<S extends Stage>(stage: () => S, scenes: OutboundScenes<S>): void {
  async function sendIn(mood: ProviderMood, message: OutboundMessage) {
    const account = await scenes.arrange(stage(), mood);
    const { adapter } = stage();
    if (!adapter.send) {
      throw new Error('the adapter has no send');
    }
    return await adapter.send(message, account);
  }

  for (const [what, text] of Object.entries(texts)) {
    it(`delivers a text exactly once and exactly as written: ${what}`, async () => {
      const before = (await scenes.delivered(stage())).length;
      const sent = await sendIn('accepts', buildMessage(scenes, text));
      expect(sent.providerId).toEqual(expect.any(String));
      expect(sent.providerId).not.toBe('');
      expect((await scenes.delivered(stage())).slice(before).map((one) => one.text)).toEqual([text]);
    });
  }

  if (scenes.attachments) {
    it('delivers a file whole', async () => {
      await sendIn('accepts', buildMessage(scenes, 'with a file', [outboundFile()]));
      const last = (await scenes.delivered(stage())).at(-1);
      expect(last?.attachments).toEqual([{ name: file.name, bytes: file.bytes.length }]);
    });
  }

  const failures: Array<
    [string, ProviderMood, { retry: ChannelError['retry']; doubtful: boolean; retryAfterMs: number | null }]
  > = [
    ['gives up on what the provider refuses', 'refuses', { retry: 'never', doubtful: false, retryAfterMs: null }],
    [
      'tries again soon when throttled',
      'throttles',
      { retry: 'soon', doubtful: false, retryAfterMs: scenes.retryAfterMs },
    ],
    [
      'tries again soon, without doubt, when nobody listens',
      'absent',
      { retry: 'soon', doubtful: false, retryAfterMs: null },
    ],
    [
      'waits for the account when it is not authorised',
      'unauthorised',
      { retry: 'after-reconnect', doubtful: false, retryAfterMs: null },
    ],
  ];
  for (const [what, mood, expected] of failures) {
    it(what, async () => {
      const before = (await scenes.delivered(stage())).length;
      const error = await failure(sendIn(mood, buildMessage(scenes, 'not now')));
      const { retry, doubtful, retryAfterMs } = error;
      expect({ retry, doubtful, retryAfterMs }).toEqual(expected);
      expect((await scenes.delivered(stage())).length).toBe(before);
      expectNoSecret(error, stage());
    });
  }

  it('stays in doubt when the connection is cut after the request', async () => {
    const error = await failure(sendIn('cut', buildMessage(scenes, 'did it arrive?')));
    expect(error.doubtful).toBe(true);
    expectNoSecret(error, stage());
  });

  it('sends again after every kind of failure', async () => {
    const before = (await scenes.delivered(stage())).length;
    await sendIn('accepts', buildMessage(scenes, 'back again'));
    expect((await scenes.delivered(stage())).slice(before).map((one) => one.text)).toEqual(['back again']);
  });
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

function expectNoSecret(error: ChannelError, { secretTexts }: Stage): void {
  const told = `${error.code} ${error.message}`;
  expect(secretTexts.filter((secret) => told.includes(secret))).toEqual([]);
}

async function outcome(events: Promise<InboundEvent[]>, refusal: typeof ForgedWebhook | typeof UnreadableWebhook) {
  try {
    return await events;
  } catch (error) {
    expect(error).toBeInstanceOf(refusal);
    return [];
  }
}

function messageOf(event: InboundEvent | undefined): InboundMessage {
  if (event?.type !== 'message') {
    throw new Error(`expected a message, got ${event?.type ?? 'nothing'}`);
  }
  return event;
}

async function bytesOf({ adapter, account }: Stage, message: InboundMessage): Promise<Uint8Array> {
  const source = message.attachments[0]?.source;
  if (source && 'bytes' in source) {
    return source.bytes;
  }
  if (!source || !adapter.fetch) {
    throw new Error('the file has neither bytes nor a way to fetch them');
  }
  return await adapter.fetch(source.reference, account, 1_000_000);
}

function expectSay<S extends Stage>(say: InboundScenes<S>['say']): NonNullable<InboundScenes<S>['say']> {
  if (!say) {
    throw new Error('inbound scenes need say or event');
  }
  return say;
}
