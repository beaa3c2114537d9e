import { expect, it } from '@jest/globals';
import type { MessageView } from '#contract';
import { lastBotNews } from './bot-news.js';

const message = (id: string, at: string, more: Partial<MessageView>) =>
  ({ id, at, event: null, ...more }) as MessageView;
const bot = { author: { kind: 'bot', id: 's', name: '' } } as const;
const customer = { author: { kind: 'customer', id: null, name: '' } } as const;

it('knows of no bot where none talked', () => {
  expect(lastBotNews({ messages: [message('1', '2026-01-01', customer)], holder: 'queue' })).toBeNull();
});

it('changes with what the bot said last, with its summary, and with who speaks', () => {
  const spoken = [
    message('2', '2026-01-02', bot),
    message('1', '2026-01-01', bot),
    message('3', '2026-01-03', customer),
  ];
  const summary = message('4', '2026-01-04', { ...customer, event: { name: 'bot.summary' } });
  const all = [
    lastBotNews({ messages: [], holder: 'bot' }),
    lastBotNews({ messages: spoken, holder: 'bot' }),
    lastBotNews({ messages: spoken, holder: 'queue' }),
    lastBotNews({ messages: [...spoken, summary], holder: 'queue' }),
  ];
  expect(all).toEqual([' bot', '2 bot', '2 queue', '4 queue']);
});
