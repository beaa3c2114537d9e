import { describe, expect, it } from '@jest/globals';
import { pathOfCall } from './path-of-call.js';

const answer = (node: string, at: number, words: string, isMasked = false) => ({ node, at, words, isMasked });
const instant = (ms: number) => new Date(ms).toISOString();

describe('the path of a call', () => {
  it('gives each node what the caller answered there, and a second try a step of its own', () => {
    const visits = [
      { node: 'menu', at: 1_000 },
      { node: 'card', at: 9_000 },
    ];
    const answers = [answer('menu', 3_000, '9'), answer('menu', 6_000, '1'), answer('card', 12_000, '', true)];
    expect(pathOfCall(visits, answers)).toEqual([
      { node: 'menu', at: instant(1_000), heard: '9' },
      { node: 'menu', at: instant(6_000), heard: '1' },
      { node: 'card', at: instant(9_000), heard: '•••' },
    ]);
  });

  it('keeps the order of what one turn went through', () => {
    const visits = ['menu', 'hours', 'again'].map((node) => ({ node, at: 4_000 }));
    expect(pathOfCall(visits, []).map(({ node, at }) => [at, node])).toEqual([
      [instant(4_000), 'menu'],
      [instant(4_001), 'hours'],
      [instant(4_002), 'again'],
    ]);
  });

  it('tells two visits of one node apart', () => {
    const visits = [
      { node: 'menu', at: 1_000 },
      { node: 'hours', at: 4_000 },
      { node: 'menu', at: 4_000 },
    ];
    expect(
      pathOfCall(visits, [answer('menu', 3_000, '1'), answer('menu', 8_000, '2')]).map(({ heard }) => heard),
    ).toEqual(['1', undefined, '2']);
  });

  it('knows the nodes of a called script by their own names', () => {
    expect(pathOfCall([{ node: 'order/ask', at: 1_000 }], [answer('ask', 2_000, '12')])).toEqual([
      { node: 'order/ask', at: instant(1_000), heard: '12' },
    ]);
  });

  it('only ever grows: what was known of a call stays as it was', () => {
    const visits = [
      { node: 'menu', at: 1_000 },
      { node: 'menu', at: 20_000 },
    ];
    const answers = [answer('menu', 3_000, '9'), answer('menu', 6_000, '8'), answer('menu', 30_000, '1')];
    for (let count = 0; count <= answers.length; count += 1) {
      const before = pathOfCall(visits, answers.slice(0, count));
      const now = pathOfCall(visits, answers);
      for (const { node, at, heard } of before) {
        const same = now.find((step) => step.node === node && step.at === at);
        expect(same).toBeDefined();
        expect(heard === undefined || same?.heard === heard).toBe(true);
      }
    }
  });
});
