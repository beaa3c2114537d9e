import { describe, expect, it } from '@jest/globals';
import { NotifyBatch, readPayload } from './notify-batch.js';
import { PieceJoiner } from './notify-pieces.js';
import type { NodeMessage } from './node-link.js';

const frame = (content: string): NodeMessage => ({
  kind: 'frame',
  to: 'agents',
  rooms: null,
  except: [],
  name: 'customer.changed',
  payload: [content],
});

function heardOf(payloads: string[]): NodeMessage[] {
  const joiner = new PieceJoiner();
  return payloads.flatMap((payload) => {
    return (readPayload(payload)?.messages ?? []).flatMap((message) => joiner.take('n1', message) ?? []);
  });
}

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
    const heard = heardOf(payloads);
    expect(heard.flatMap((message) => (message.kind === 'moves' ? message.moves : []))).toEqual(moves);
    expect(heard.at(-1)).toMatchObject({ name: 'rights.changed' });
  });

  it('brings a message that no payload can hold in pieces, and what waits behind it', () => {
    const large = frame('گفتگو "x" '.repeat(900));
    const batch = new NotifyBatch();
    batch.add(large);
    batch.add({ kind: 'agent', agentId: 'a' });
    const payloads = batch.take('n1');
    expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8_000);
    expect(heardOf(payloads)).toEqual([large, { kind: 'agent', agentId: 'a' }]);
  });

  it('says nothing of a message of which a piece was lost, and the next one whole', () => {
    const batch = new NotifyBatch();
    batch.add(frame('a'.repeat(30_000)));
    const torn = batch.take('n1').filter((_, index) => index !== 1);
    batch.add(frame('b'.repeat(30_000)));
    expect(heardOf([...torn, ...batch.take('n1')])).toEqual([frame('b'.repeat(30_000))]);
  });

  it('leaves out a message that is too large for that as well', () => {
    const batch = new NotifyBatch();
    batch.add(frame('x'.repeat(1_000_000)));
    batch.add({ kind: 'agent', agentId: 'a' });
    expect(heardOf(batch.take('n1'))).toEqual([{ kind: 'agent', agentId: 'a' }]);
  });

  it('takes no payload for a message that is not one', () => {
    expect(readPayload('hello')).toBeNull();
    expect(readPayload('{}')).toBeNull();
  });
});
