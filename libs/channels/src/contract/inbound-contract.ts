import { expect, it } from '@jest/globals';
import { ForgedWebhook, UnreadableWebhook } from '../channel-adapter.js';
import type { InboundEvent, InboundMessage } from '../message.js';
import { inboundFaults } from './contract-rules.js';
import { file, texts } from './samples.js';
import type { InboundScenes, Stage } from './stage.js';

/** What must hold of everything that a channel brings in. */
export function describeInbound<S extends Stage>(stage: () => S, scenes: InboundScenes<S>): void {
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

  const { batch } = scenes;
  if (batch) {
    it('brings what came together in the order in which it was written', async () => {
      const written = ['first', 'second', 'third'].map((text) => ({ id: `contract-order-${text}`, text }));
      const events = await batch(stage(), written);
      expect(events.map((event) => messageOf(event).text)).toEqual(written.map(({ text }) => text));
      expect(new Set(events.map(({ externalId }) => externalId)).size).toBe(written.length);
    });
  }

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
