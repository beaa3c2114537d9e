import { describe, expect, it } from '@jest/globals';
import type { HistoryMessage, Sql } from '#channels';
import { comesAsOne } from './conclude-reading.js';
import { FileTooLarge, type FileStorage } from '../../platform/storage/file-storage.js';
import { inOrder } from './in-order.js';
import { keepFiles } from './keep-files.js';
import { emptyStage, stagePiece } from './stage-pieces.js';

const terms = { defaultCountry: 'IR', now: new Date('2026-01-01T00:00:00Z') };
const message = (part: Partial<HistoryMessage>): HistoryMessage => ({
  piece: 'message',
  key: '1',
  ticket: '2',
  direction: 'in',
  author: { key: '', name: '', email: '' },
  text: 'hello',
  isHtml: false,
  at: new Date('2025-01-01T00:00:00Z'),
  files: [],
  ...part,
});

describe('pieces of a history', () => {
  it('keep addresses in the form by which customers are known, and leave out what is none', () => {
    const staged = emptyStage();
    stagePiece(
      staged,
      {
        piece: 'person',
        key: '1',
        name: ' Sara ',
        emails: ['SARA@X.IR', 'no'],
        phones: ['0912 111 2233', '+989121112233', '12'],
        isStaff: false,
      },
      terms,
    );
    expect(staged.people).toEqual([
      expect.objectContaining({ name: 'Sara', emails: ['sara@x.ir'], phones: ['+989121112233'] }),
    ]);
  });

  it('say why they cannot be kept', () => {
    const faults = [{ key: '' }, { ticket: '' }, { at: null }, { at: new Date('2027-01-01') }, { text: ' ' }].map(
      (part) => stagePiece(emptyStage(), message(part), terms)?.code,
    );
    expect(faults).toEqual(['no_key', 'no_ticket', 'no_time', 'in_future', 'empty']);
  });

  it('become text, and name files that lie elsewhere without an address that is none', () => {
    const staged = emptyStage();
    const files = [
      { name: 'a.png', url: 'https://x.example/a', data: null },
      { name: 'b.png', url: 'javascript:alert(1)', data: null },
      { name: 'c.txt', url: null, data: 'aGk=' },
    ];
    stagePiece(staged, message({ text: '<p>Hi<script>x</script></p>', isHtml: true, files }), terms);
    expect(staged.messages).toEqual([
      expect.objectContaining({
        body: 'Hi\n📎 a.png https://x.example/a\n📎 b.png',
        files: [{ name: 'c.txt', data: 'aGk=' }],
      }),
    ]);
  });
});

describe('people who may be one', () => {
  it.each([
    ['email', 'a@x.ir', ['1', '2'], ['sara', 'nora'], true],
    ['email', 'info@x.ir', ['1', '2'], ['sara'], false],
    ['phone', '+98912', ['1', '2'], ['sara', ''], true],
    ['phone', '+98912', ['1', '2'], ['sara', 'nora'], false],
    ['name', 'sara rad', ['1', '2'], ['sara rad'], false],
    ['similar_email', 'a@x.ir', ['1', '2'], ['sara'], false],
    ['email', 'a@x.ir', Array.from({ length: 11 }, (_, at) => String(at)), ['sara'], false],
  ] as const)('by %s %s of %j called %j come as one: %s', (kind, value, people, names, isOne) => {
    expect(comesAsOne({ kind, value, people: [...people], names: [...names] })).toBe(isOne);
  });
});

describe('files of messages', () => {
  it('are read one message after the other, and one that is too large is named', async () => {
    const asked: string[] = [];
    const waiting: Record<string, { name: string; data: string }[]> = {
      '1': [{ name: 'a.txt', data: 'aGk=' }],
      '2': [
        { name: 'huge.bin', data: 'aGkh' },
        { name: 'b.txt', data: 'aGk=' },
      ],
    };
    const sql = {
      query: <T>(_: unknown, [, key]: unknown[] = []) => {
        asked.push(String(key));
        return Promise.resolve([{ files: waiting[String(key)] }] as T[]);
      },
    } as Sql;
    const storage = {
      storeBytes: (bytes: Uint8Array) =>
        bytes.length > 2
          ? Promise.reject(new FileTooLarge(2))
          : Promise.resolve({ key: 'k', bytes: bytes.length, sha256: '', mediaType: 'text/plain' }),
    } as Partial<FileStorage> as FileStorage;
    const { kept, tooLarge } = await keepFiles(sql, storage, 'i', ['1', '2']);
    expect(asked).toEqual(['1', '2']);
    expect(kept.map(({ message, name }) => `${message} ${name}`)).toEqual(['1 a.txt', '2 b.txt']);
    expect([...tooLarge]).toEqual([['2', ['huge.bin']]]);
  });
});

describe('messages', () => {
  it('stand in their order, each at an instant of its own, behind what is there', () => {
    const at = (ms: number): { at: Date } => ({ at: new Date(ms) });
    expect(inOrder([at(5), at(3), at(3)], null).map((one) => one.at.getTime())).toEqual([3, 4, 5]);
    expect(inOrder([at(3), at(9)], new Date(7)).map((one) => one.at.getTime())).toEqual([8, 9]);
  });
});
