import { describe, expect, test } from '@jest/globals';
import type { Script } from '../script/script.js';
import { beginState, step } from './step.js';
import type { BotState } from './types/bot-state.js';
import type { StepWorld } from './types/step-world.js';

const noon = Date.parse('2026-03-21T08:30:00Z');
const text = (en: string) => ({ text: { en, fa: en } });
const world: StepWorld = {
  now: noon,
  zone: 'Asia/Tehran',
  calendars: {},
  queues: { '': { isOpen: true, agentsFree: 1, waiting: 0 } },
  customer: {},
  conversation: {},
  scripts: {},
  articles: () => [],
};

describe('what comes from outside', () => {
  const asking: Script = {
    format: 'hub-script/1',
    id: 'asking',
    title: { en: 'Asking', fa: 'پرسش' },
    locales: ['en', 'fa'],
    default_locale: 'en',
    channels: ['web', 'sms'],
    vars: { mail: { type: 'text', pii: true }, name: { type: 'text', default: 'Sara' } },
    start: { default: 'mail' },
    fallback: 'person',
    nodes: {
      mail: { do: 'collect', message: text('Your address?'), type: 'email', into: 'mail', next: 'menu' },
      menu: {
        do: 'ask',
        message: text('Who?'),
        options: [{ id: 'me', label: { en: 'I am {{ name }}', fa: 'من {{ name }}' }, next: 'person' }],
      },
      person: { do: 'handoff', onUnavailable: 'bye' },
      bye: { do: 'end', outcome: 'unresolved' },
    },
  };

  function begin() {
    const talk = {
      state: step(asking, beginState(asking, { channel: 'web', locale: 'en' }), { kind: 'start', at: noon }, world)
        .state,
      says(words: string) {
        talk.state = step(asking, talk.state, { kind: 'text', text: words, at: noon }, world).state;
      },
    };
    return talk;
  }

  test('is cut without leaving half a sign, which no database takes', () => {
    const talk = begin();
    talk.says(`${'a'.repeat(999)}😀`);
    talk.says('zero \u0000 and half \ud83d of one \\u0000');
    const kept = JSON.stringify(talk.state);
    expect(kept).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/u);
    expect(talk.state.lastText).toBe('zero \ufffd and half \ufffd of one \\u0000');
  });

  test('is masked among what was not understood where it is asked of the customer’s person', () => {
    const talk = begin();
    talk.says('sara at example dot com');
    expect(JSON.stringify(talk.state.misses)).not.toContain('sara');
  });

  test('fills labels as it fills texts, and takes them as they were shown', () => {
    const talk = begin();
    talk.says('sara@example.com');
    expect(talk.state.asked?.options).toMatchObject([{ label: 'I am Sara' }]);
    talk.says('i am sara');
    expect(talk.state.status).toBe('handed_off');
  });

  test('leads to people where the state cannot be read any more', () => {
    const old = { format: 0, channel: 'sms', locale: 'fa', turn: 7, status: 'active' } as unknown as BotState;
    const { state, effects } = step(asking, old, { kind: 'text', text: 'سلام', at: noon }, world);
    expect(state).toMatchObject({ status: 'handed_off', channel: 'sms', turn: 8 });
    expect(effects).toMatchObject([
      { id: '8:0', kind: 'alert', reason: 'broken' },
      { id: '8:1', kind: 'handoff' },
    ]);
  });
});
