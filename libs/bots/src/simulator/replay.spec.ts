import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readScript } from '../script/read-script.js';
import type { Script } from '../script/script.js';
import { diffRuns, diffTurns, replay, turnsOf, turnsOfPast, type PastLine } from './replay.js';

const { script } = readScript(readFileSync('libs/bots/src/engine/fixtures/orders.yaml', 'utf8'));
const orders = script as Script;
const at = Date.parse('2026-03-21T08:30:00Z');
const place = {
  channel: 'telegram' as const,
  locale: 'en',
  world: { lookups: { orders: { answer: { state: 'sent' } } } },
};

const past: PastLine[] = [
  { at, who: 'customer', text: 'hello' },
  { at: at + 1_000, who: 'bot', text: 'Welcome to Peyk.' },
  { at: at + 1_001, who: 'bot', text: 'How can we help?' },
  { at: at + 20_000, who: 'customer', text: 'Track an order', option: 'track' },
  { at: at + 21_000, who: 'bot', text: 'What is your order number?' },
  { at: at + 60_000, who: 'customer', text: '123456' },
  { at: at + 61_000, who: 'bot', text: 'Order 123456 is sent.' },
  { at: at + 61_001, who: 'bot', text: 'Anything else?' },
];

describe('a conversation that was', () => {
  test('comes out the same from the script that had it', () => {
    const run = replay(orders, past, place);
    expect(diffTurns(turnsOfPast(past), turnsOf(run))).toEqual([]);
  });

  test('shows where a draft would have said something else', () => {
    const draft: Script = {
      ...orders,
      nodes: {
        ...orders.nodes,
        ask_order: {
          ...orders.nodes['ask_order'],
          message: { text: { en: 'Your number, please.' } },
        } as Script['nodes'][string],
      },
    };
    const differences = diffRuns(replay(orders, past, place), replay(draft, past, place));
    expect(differences).toMatchObject([
      {
        turn: 1,
        input: '[track]',
        before: { says: ['What is your order number?'] },
        after: { says: ['Your number, please.'] },
      },
    ]);
  });

  test('loses no input when the draft does not offer a choice any more', () => {
    const menu = orders.nodes['menu'];
    const draft: Script = {
      ...orders,
      nodes: {
        ...orders.nodes,
        menu: {
          ...menu,
          options: menu?.do === 'ask' ? menu.options.filter(({ id }) => id !== 'track') : [],
        } as Script['nodes'][string],
      },
    };
    const turns = turnsOf(replay(draft, past, place));
    expect(turns[1]).toMatchObject({ input: 'Track an order', says: ['Please pick one.'] });
  });

  test('keeps its pace, so that who was silent too long is so again', () => {
    const slow = past.map((line, index) => (index < 3 ? line : { ...line, at: line.at + 3_600_000 }));
    expect(replay(orders, slow, place).state).toMatchObject({ status: 'ended', node: 'bye' });
  });

  test('is compared up to where an agent took over', () => {
    const taken: PastLine[] = [
      ...past.slice(0, 5),
      { at: at + 30_000, who: 'agent', text: 'I am here' },
      ...past.slice(5),
    ];
    expect(turnsOfPast(taken).map(({ input }) => input)).toEqual(['hello', '[track]']);
  });
});
