import { describe, expect, it } from '@jest/globals';
import type { PromptView } from '#contract';
import { countPrompts, sortPrompts } from './sort-prompts.js';

function buildPrompt(prompt: Partial<PromptView>): PromptView {
  return {
    name: 'a.wav',
    locale: 'fa',
    text: '',
    state: 'starter',
    group: 'line',
    scripts: [],
    wanted: null,
    ms: null,
    changedAt: null,
    url: null,
    ...prompt,
  };
}

const prompts = [
  buildPrompt({ name: 'b.wav', group: 'script', state: 'missing' }),
  buildPrompt({ name: 'a.wav' }),
  buildPrompt({ name: 'c.wav', locale: 'en' }),
  buildPrompt({ name: 'd.wav', group: 'script', state: 'own' }),
];

describe('the list of recordings', () => {
  it('shows one language, the hub’s own sentences first', () => {
    const parts = sortPrompts(prompts, { locale: 'fa', onlyMissing: false });
    expect(parts.map(({ group, prompts: inside }) => [group, inside.map(({ name }) => name)])).toEqual([
      ['line', ['a.wav']],
      ['script', ['b.wav', 'd.wav']],
    ]);
  });

  it('shows only what is missing where that is asked for', () => {
    const parts = sortPrompts(prompts, { locale: 'fa', onlyMissing: true });
    expect(parts.map(({ prompts: inside }) => inside.map(({ name }) => name))).toEqual([['b.wav']]);
    expect(countPrompts(prompts)).toEqual({ missing: 1, starter: 2 });
  });
});
