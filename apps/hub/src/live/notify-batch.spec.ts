import { describe, expect, it } from '@jest/globals';
import { NotifyBatch, readPayload } from './notify-batch.js';

describe('what waits for a notification', () => {
  it('merges the moves of one conversation, from the earliest rev on', () => {
    const batch = new NotifyBatch();
    batch.add({ kind: 'moves', moves: [{ conversation: 'a', since: 7 }] });
    batch.add({
      kind: 'moves',
      moves: [
        { conversation: 'b', since: 1 },
        { conversation: 'a', since: 5 },
      ],
    });
    batch.add({ kind: 'moves', moves: [{ conversation: 'a', since: 9 }] });
    const [payload] = batch.take('n1');
    expect(readPayload(payload ?? '')).toEqual({
      node: 'n1',
      messages: [
        {
          kind: 'moves',
          moves: [
            { conversation: 'a', since: 5 },
            { conversation: 'b', since: 1 },
          ],
        },
      ],
    });
    expect(batch.isEmpty).toBe(true);
  });

  it('splits what is too long for one payload, and loses nothing of it', () => {
    const batch = new NotifyBatch();
    const moves = Array.from({ length: 500 }, (_, n) => ({ conversation: `0193-${n}-گفتگو`, since: n }));
    batch.add({ kind: 'moves', moves });
    batch.add({ kind: 'event', name: 'rights.changed', payload: { agentId: 'x' } });
    const payloads = batch.take('n1');
    expect(payloads.length).toBeGreaterThan(1);
    expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8_000);
    const heard = payloads.flatMap((payload) => readPayload(payload)?.messages ?? []);
    expect(heard.flatMap((message) => (message.kind === 'moves' ? message.moves : []))).toEqual(moves);
    expect(heard.at(-1)).toMatchObject({ name: 'rights.changed' });
  });

  it('leaves out a message that no payload can hold', () => {
    const batch = new NotifyBatch();
    batch.add({ kind: 'frame', to: 'agents', rooms: null, except: [], name: 'x', payload: ['x'.repeat(9_000)] });
    batch.add({ kind: 'agent', agentId: 'a' });
    expect(batch.take('n1').flatMap((payload) => readPayload(payload)?.messages ?? [])).toEqual([
      { kind: 'agent', agentId: 'a' },
    ]);
  });

  it('takes no payload for a message that is not one', () => {
    expect(readPayload('hello')).toBeNull();
    expect(readPayload('{}')).toBeNull();
  });
});
