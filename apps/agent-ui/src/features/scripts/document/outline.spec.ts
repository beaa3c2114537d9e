import { describe, expect, it } from '@jest/globals';
import { possibleExits, exitsOf } from './exits.js';
import { beginHistory, changed, redone, undone } from './history.js';
import { outlineOf, shownRows } from './outline.js';
import { readDocument } from './read-document.js';
import type { LooseScript } from './script-words.js';

const script = readDocument(`
locales: [en, fa]
start: {default: menu, voice: hello}
fallback: to_agent
intents: {agent: {next: to_agent}}
nodes:
  menu:
    do: ask
    message: {text: {en: How can we help?, fa: چه کمکی؟}}
    options:
      - {id: track, label: {en: Track, fa: پیگیری}, next: find}
      - {id: human, label: {en: Person}, next: to_agent}
    timeout: {after: 30m, then: bye}
  find: {do: lookup, source: http, ref: orders, into: order, next: menu, onError: to_agent}
  to_agent: {do: handoff, onUnavailable: bye}
  hello: {do: say, message: {text: {en: Hello}}, next: menu}
  lost: {do: say, message: {text: {fa: گم}}, next: also_lost}
  also_lost: {do: end, outcome: resolved}
  bye: {do: end, outcome: resolved}
`).script as LooseScript;

describe('the outline of a script', () => {
  const rows = outlineOf(script, 'fa');

  it('shows each node once, below the first way that leads to it', () => {
    expect(rows.map(({ id, level }) => `${id} ${level}`)).toEqual([
      'menu 1',
      'find 2',
      'to_agent 3',
      'bye 4',
      'hello 1',
      'lost 1',
      'also_lost 2',
    ]);
  });

  it('says what nothing leads to, and what customers read in the reader’s language or the other', () => {
    expect(rows.filter(({ isReached }) => !isReached).map(({ id }) => id)).toEqual(['lost', 'also_lost']);
    expect(rows.find(({ id }) => id === 'menu')?.words).toBe('چه کمکی؟');
    expect(rows.find(({ id }) => id === 'hello')?.words).toBe('Hello');
  });

  it('folds what is below a closed node away, and finds by name, words and kind', () => {
    const shown = (closed: string[], search = '') => shownRows(rows, new Set(closed), search).map(({ id }) => id);
    expect(shown(['find'])).toEqual(['menu', 'find', 'hello', 'lost', 'also_lost']);
    expect(shown(['menu', 'lost'])).toEqual(['menu', 'hello', 'lost']);
    expect(shown(['menu'], 'hand')).toEqual(['to_agent']);
    expect(shown([], 'کمک')).toEqual(['menu']);
  });
});

describe('the ways out of a node', () => {
  it('are named by what the customer chooses', () => {
    const menu = script.nodes.get('menu') ?? {};
    expect(exitsOf(menu, 'fa').map(({ way, name, target }) => [way, name, target])).toEqual([
      ['option', 'پیگیری', 'find'],
      ['option', 'Person', 'to_agent'],
      ['timeout', '', 'bye'],
    ]);
    expect(possibleExits(menu, 'fa').map(({ path }) => path.join('.'))).toEqual([
      'options.0.next',
      'options.1.next',
      'retry.then',
      'timeout.then',
    ]);
  });
});

describe('what was and is', () => {
  it('goes back and forth, and forgets what was taken back once something else is done', () => {
    let history = beginHistory('a');
    history = changed(history, 'b', null, 0);
    history = changed(history, 'c', null, 1);
    history = undone(undone(history));
    expect(history.present).toBe('a');
    expect(redone(history).present).toBe('b');
    history = changed(history, 'd', null, 2);
    expect(redone(history).present).toBe('d');
    expect(undone(history).present).toBe('a');
    expect(undone(beginHistory('a')).present).toBe('a');
  });

  it('takes letters typed into one field for one step, and a pause for the end of it', () => {
    let history = beginHistory('');
    history = changed(history, 'h', 'field', 1_000);
    history = changed(history, 'he', 'field', 1_500);
    expect(undone(history).present).toBe('');
    history = changed(history, 'hel', 'field', 9_000);
    expect(undone(history).present).toBe('he');
    expect(changed(history, 'hel', null, 9_001)).toBe(history);
  });
});
