import { describe, expect, it } from '@jest/globals';
import { FileTray, type FileProblem, type SendUp } from './file-tray.js';
import type { SentFile } from '../timeline.js';

const limits = { maxBytes: 10, endings: [], refused: ['exe'] };
const access = { hub: '', channel: '', token: () => null };
const file = (name: string, bytes = 5): File => new File(['x'.repeat(bytes)], name);
const sentAs = (name: string): SentFile => ({ id: `id of ${name}`, name, mediaType: 'text/plain', bytes: 5 });

/** Lets what is resolved already run. */
async function turn(): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await Promise.resolve();
  }
}

/** A tray whose uploads end when they are told to. */
function build(): {
  tray: FileTray;
  end: (name: string, outcome: SentFile | FileProblem) => Promise<void>;
  aborted: string[];
} {
  const open = new Map<string, (outcome: SentFile | FileProblem) => void>();
  const aborted: string[] = [];
  const sendUp: SendUp = (one, _access, progress, signal) => {
    progress(0.5);
    signal.addEventListener('abort', () => aborted.push(one.name));
    return new Promise((resolve) => open.set(one.name, resolve));
  };
  const tray = new FileTray(access, () => undefined, sendUp);
  return {
    tray,
    aborted,
    end: async (name, outcome) => {
      open.get(name)?.(outcome);
      await turn();
    },
  };
}

describe('the files of a message that is being written', () => {
  it('hold the message back until all of them are up', async () => {
    const { tray, end } = build();
    tray.add([file('a.txt'), file('b.txt')], limits);
    expect(tray.isBusy).toBe(true);
    await end('a.txt', sentAs('a.txt'));
    expect([tray.isBusy, tray.ready]).toEqual([true, [sentAs('a.txt')]]);
    await end('b.txt', sentAs('b.txt'));
    expect([tray.isBusy, tray.ready.map(({ name }) => name)]).toEqual([false, ['a.txt', 'b.txt']]);
  });

  it('are named with what is wrong with them, and the others go on', () => {
    const { tray } = build();
    tray.add([file('big.pdf', 11), file('setup.EXE'), file('empty.txt', 0), file('fine.txt')], limits);
    expect(tray.list.map(({ name, problem }) => [name, problem])).toEqual([
      ['big.pdf', 'size'],
      ['setup.EXE', 'type'],
      ['empty.txt', 'empty'],
      ['fine.txt', null],
    ]);
    tray.add([file('a.txt')], { ...limits, endings: ['pdf'] });
    expect(tray.list.at(-1)?.problem).toBe('type');
  });

  it('are at most ten', () => {
    const { tray } = build();
    tray.add(
      Array.from({ length: 12 }, (_, n) => file(`${String(n)}.txt`)),
      limits,
    );
    expect(tray.list.filter(({ problem }) => problem === 'limit')).toHaveLength(2);
  });

  it('can be tried again after the line was down, and taken off on the way', async () => {
    const { tray, end, aborted } = build();
    tray.add([file('a.txt'), file('b.txt')], limits);
    await end('a.txt', 'down');
    expect(tray.list[0]).toMatchObject({ problem: 'down' });
    tray.retry(tray.list[0]?.key ?? '');
    await end('a.txt', sentAs('a.txt'));
    tray.remove(tray.list[1]?.key ?? '');
    expect(aborted).toEqual(['b.txt']);
    expect([tray.isBusy, tray.ready]).toEqual([false, [sentAs('a.txt')]]);
  });
});
