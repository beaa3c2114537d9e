import { describe, expect, it } from '@jest/globals';
import { findMention, suggestAgents } from './find-mention.js';

const at = (text: string) => findMention(text.replace('|', ''), text.indexOf('|'));

describe('a mention that is being written', () => {
  it('is what stands between an @ and the caret', () => {
    expect(at('ask @Sar|a')).toEqual({ from: 5, to: 8, typed: 'Sar' });
    expect(at('@|')).toEqual({ from: 1, to: 1, typed: '' });
    expect(at('(@رضا کر|')).toEqual({ from: 2, to: 8, typed: 'رضا کر' });
  });

  it('is none in a mail address, on another line, or behind a comma', () => {
    expect(at('info@sar|')).toBeNull();
    expect(at('@Sara\nand|')).toBeNull();
    expect(at('@Sara, and|')).toBeNull();
    expect(at('nobody|')).toBeNull();
  });
});

describe('the agents that are offered for it', () => {
  const agents = [{ name: 'Sara Ahmadi' }, { name: 'رضا کریمی' }, { name: 'Ahmad' }];
  const names = (typed: string) => suggestAgents(agents, typed).map(({ name }) => name);

  it('begin with it, or have a name that does, on whatever keyboard it is written', () => {
    expect(names('ahm')).toEqual(['Sara Ahmadi', 'Ahmad']);
    expect(names('كري')).toEqual(['رضا کریمی']);
    expect(names('')).toHaveLength(3);
  });

  it('are none once a name is whole', () => {
    expect(names('رضا کریمی')).toEqual([]);
    expect(names('Sara Ahmadi please')).toEqual([]);
    expect(names('hmad')).toEqual([]);
  });
});
