import { describe, expect, it } from '@jest/globals';
import { historyReaders } from './history-readers.js';
import { timeAt } from './json-fields.js';
import { peopleColumns, readPeopleLine } from './read-people-line.js';
import { BrokenRecords, readJsonRecords, type Wrappers } from './read-json-records.js';

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

async function recordsOf(text: string, { size = 7, wrappers = new Map([['list', 'any']]) as Wrappers } = {}) {
  const found: unknown[] = [];
  for await (const { text: one, isListed } of readJsonRecords(inPieces(text, size), wrappers, 1_000)) {
    found.push(isListed ? JSON.parse(one) : [JSON.parse(one)]);
  }
  return found;
}

const odd = { id: 1, words: 'سلام "}]{[" \\', within: { list: 'no', deep: [{ id: 2 }] } };

describe('records of a JSON file', () => {
  it.each([1, 2, 3, 5, 64])('are the same wherever the file is cut (every %i bytes)', async (size) => {
    expect(await recordsOf(`${JSON.stringify(odd)}\n${JSON.stringify(odd)}\r\n`, { size })).toEqual([odd, odd]);
    expect(await recordsOf(JSON.stringify([odd, [odd]]), { size })).toEqual([odd, odd]);
    expect(await recordsOf(JSON.stringify({ meta: { n: 1 }, list: [odd], page: { n: 2 } }), { size })).toEqual([
      odd,
      [{ n: 2 }],
    ]);
  });

  it('of a wrapper that must come first are a record where it does not', async () => {
    const { wrappers } = historyReaders.freescout;
    const conversation = { id: 1, _embedded: { threads: [{ id: 2 }] } };
    expect(await recordsOf(JSON.stringify(conversation), { wrappers })).toEqual([conversation]);
    expect(await recordsOf(JSON.stringify({ _embedded: { conversations: [conversation] } }), { wrappers })).toEqual([
      conversation,
    ]);
  });

  it('are told as soon as they are read, so that of a file of any length no more than one piece waits', async () => {
    const record = `${JSON.stringify({ id: 1, words: 'x'.repeat(90) })}\n`;
    let pulled = 0;
    let told = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; pulled < 100_000 * record.length; pulled += 10 * record.length) {
        yield await Promise.resolve(Buffer.from(record.repeat(10)));
      }
    }
    let most = 0;
    for await (const { text } of readJsonRecords(endless(), new Map())) {
      told += text.length + 1;
      most = Math.max(most, pulled - told);
    }
    expect(told).toBe(100_000 * record.length);
    expect(most).toBeLessThanOrEqual(10 * record.length);
  });

  it('end with a word where the file does not, or where one is beyond measure', async () => {
    await expect(recordsOf('{"id":1')).rejects.toThrow(new BrokenRecords('ends_within'));
    await expect(recordsOf('[{"id":1},')).rejects.toThrow(new BrokenRecords('ends_within'));
    await expect(recordsOf(JSON.stringify({ a: 'x'.repeat(2_000) }))).rejects.toThrow(new BrokenRecords('too_long'));
  });

  it('that are none of the product say so, and empty ones break nothing', () => {
    for (const { read } of Object.values(historyReaders)) {
      expect(read({ what: 1 })).toBeNull();
    }
    expect(historyReaders.zendesk.read({ subject: null, requester: null })).toHaveLength(1);
    expect(historyReaders.zammad.read({ ticket_id: {}, body: [] })).toHaveLength(1);
  });
});

describe('what a product says of itself', () => {
  it('is left out where it was deleted there', () => {
    const kinds = (pieces: ReturnType<(typeof historyReaders.zendesk)['read']>): string[] =>
      (pieces ?? []).map(({ piece }) => piece);
    expect(historyReaders.zendesk.read({ id: 1, subject: 'x', requester_id: 1, status: 'deleted' })).toEqual([]);
    const thread = { id: 2, type: 'customer', state: 'published', body: 'x' };
    for (const state of ['deleted', 'draft']) {
      const gone = { id: 1, mailboxId: 1, subject: 'x', state, _embedded: { threads: [thread] } };
      expect(historyReaders.freescout.read(gone)).toEqual([]);
    }
    const message = { id: 1, message_type: 0, conversation_id: 1, content: 'This message was deleted' };
    expect(kinds(historyReaders.chatwoot.read(message))).toEqual(['message']);
    expect(historyReaders.chatwoot.read({ ...message, content_attributes: { deleted: true } })).toEqual([]);
  });

  it('has the times of its zone, and of Greenwich where it names none', () => {
    const times = [
      '2025-03-01 09:00:00',
      '2025-03-01T09:00:00.5',
      '2025-03-01',
      '2025-03-01T12:30:00+03:30',
      '2025-03-01 12:30:00 +0330',
      '5',
      'x',
      '0000-01-01',
    ];
    expect(times.map((at) => timeAt({ at }, 'at')?.toISOString() ?? null)).toEqual([
      '2025-03-01T09:00:00.000Z',
      '2025-03-01T09:00:00.500Z',
      '2025-03-01T00:00:00.000Z',
      '2025-03-01T09:00:00.000Z',
      '2025-03-01T09:00:00.000Z',
      null,
      null,
      null,
    ]);
    // Thousandths of seconds, taken for seconds, lie where no calendar of a database reaches.
    expect(timeAt({ at: 1_740_000_000_000 }, 'at')).toBeNull();
    expect(timeAt({ at: 1_740_000_000 }, 'at')?.toISOString()).toBe('2025-02-19T21:20:00.000Z');
  });

  it('has no text that could not be kept', () => {
    const odd = { id: '7\u0000', subject: 'x', requester: { id: '1\u0000', name: 'N' }, assignee: { name: 'S\ud800' } };
    const pieces = historyReaders.zendesk.read(odd) ?? [];
    expect(pieces.map(({ key }) => key)).toEqual(['1', '', '7']);
    expect(pieces.at(-1)).toMatchObject({ person: '1', assignee: { name: 'S\ufffd' } });
    expect(readPeopleLine(['a\u0000@b.c'], new Map([['email', [0]]])).key).toBe('a@b.c');
  });
});

describe('a table of people', () => {
  it('is read by the names of its columns, in English and Persian', () => {
    expect(peopleColumns(['what', 'when'])).toBeNull();
    const columns = peopleColumns(['ID', 'نام', 'Email', 'Phone_Number'])!;
    expect(readPeopleLine(['7', 'سارا', 'a@b.c; d@e.f', ''], columns)).toMatchObject({
      key: '7',
      name: 'سارا',
      emails: ['a@b.c', 'd@e.f'],
      phones: [],
    });
  });
});
