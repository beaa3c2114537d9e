import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { LineReply } from '#channels';
import { StorageAway } from '../../database/is-away.js';
import type { Database } from '../../database/database.js';
import { SecretBox } from '../../platform/secret-box.js';
import type { SecretKeys } from '../../platform/secret-keys.js';
import type { CallLines } from '../lines/call-lines.service.js';
import { LineAnswers } from './line-answers.service.js';

const line = { channelId: 'c1', callId: 'CA1' };
const reply: LineReply = { turn: 1, steps: [{ hangup: true }] };
const played = { kind: 'played' } as const;
const box = new SecretBox({ deriveAll: () => [Buffer.alloc(32, 7)] } as unknown as SecretKeys);

let settle: ((answer: LineReply) => void)[];
let fail: ((error: Error) => void)[];
let isThere: boolean;
let asked: number;
let answers: LineAnswers;

beforeEach(() => {
  jest.useFakeTimers();
  [settle, fail, isThere, asked] = [[], [], true, 0];
  const lines = {
    next: () => {
      asked += 1;
      return new Promise<LineReply>((resolve, reject) => {
        settle.push(resolve);
        fail.push(reject);
      });
    },
  };
  const database = { healthy: () => Promise.resolve(isThere) };
  answers = new LineAnswers(lines as CallLines & typeof lines, database as unknown as Database, box);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** What a question gets within so many milliseconds. */
async function within(ms: number, asking: Promise<unknown>): Promise<unknown> {
  let answer: unknown = 'nothing yet';
  void asking.then((told) => (answer = told));
  await jest.advanceTimersByTimeAsync(ms);
  return answer;
}

describe('an answer to a line', () => {
  it('is the reply, as soon as it is there', async () => {
    const asking = answers.ask(line, 0, played);
    settle[0]?.(reply);
    expect(await asking).toEqual({ kind: 'reply', reply });
  });

  it('is a filler after six seconds, while the work goes on, and the same work answers the next question', async () => {
    const first = answers.ask(line, 0, played);
    expect(await within(5900, first)).toBe('nothing yet');
    expect(await within(200, first)).toEqual({ kind: 'late' });
    const second = answers.ask(line, 0, played);
    settle[0]?.(reply);
    expect(await within(1, second)).toEqual({ kind: 'reply', reply });
    expect(asked).toBe(1);
  });

  it('is one for all who ask the same at once', async () => {
    const all = [1, 2, 3].map(() => answers.ask(line, 0, played));
    settle[0]?.(reply);
    expect(new Set(await Promise.all(all)).size).toBe(1);
    expect(asked).toBe(1);
  });

  it('does not wait for a database that is known not to answer, until it does again', async () => {
    isThere = false;
    const first = answers.ask(line, 0, played);
    expect(await within(2100, first)).toEqual({ kind: 'away' });
    expect(await within(1, answers.ask({ ...line, callId: 'CA2' }, 0, played))).toEqual({ kind: 'away' });
    expect(asked).toBe(1);
    isThere = true;
    await jest.advanceTimersByTimeAsync(600);
    const later = answers.ask({ ...line, callId: 'CA3' }, 0, played);
    settle[1]?.(reply);
    expect(await within(1, later)).toEqual({ kind: 'reply', reply });
  });

  it.each([new StorageAway(new Error('gone')), new Error('a fault')])('survives %s', async (error) => {
    jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const asking = answers.ask(line, 0, played);
    fail[0]?.(error);
    expect(await asking).toEqual({ kind: 'away' });
  });
});

describe('what happened, in an address', () => {
  const heard = { kind: 'heard', digits: '6219861012345678', speech: '' } as const;

  it('comes back to its own line and turn, and to no other', () => {
    const sealed = answers.seal(line, 3, heard);
    expect(answers.unseal(line, 3, sealed)).toEqual(heard);
    expect([answers.unseal(line, 4, sealed), answers.unseal({ ...line, callId: 'x' }, 3, sealed)]).toEqual([
      null,
      null,
    ]);
    expect([answers.unseal(line, 3, undefined), answers.unseal(line, 3, 'nonsense')]).toEqual([null, null]);
  });

  it('is not to be read in it', () => {
    expect(Buffer.from(answers.seal(line, 3, heard), 'base64url').toString('latin1')).not.toContain('6219');
  });
});
