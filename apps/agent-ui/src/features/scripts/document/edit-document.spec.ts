import { describe, expect, it } from '@jest/globals';
import {
  addNode,
  addToList,
  all,
  changeKind,
  copyNode,
  freeKey,
  freeNodeId,
  moveInList,
  removeNode,
  renameNode,
  setValue,
  takeOut,
} from './edit-document.js';
import { readDocument } from './read-document.js';
import { valueAt } from './script-words.js';

const source = `# The menu of the shop
format: hub-script/1
id: shop
title: {en: Shop, fa: فروشگاه}
locales: [en, fa]
start: {default: menu, voice: menu}
fallback: to_agent
intents:
  agent: {next: to_agent, global: true}
nodes:
  # What everybody meets first.
  menu:
    do: ask
    message: {text: {en: How can we help?, fa: چه کمکی از ما برمی‌آید؟}}
    options:
      - {id: track, label: {en: Track an order, fa: پیگیری سفارش}, dtmf: "1", next: ask_order} # the usual
      - {id: human, label: {en: Talk to a person, fa: گفتگو با کارشناس}, dtmf: "0", next: to_agent}
    retry: {max: 2, then: to_agent}
  ask_order:
    do: say
    message:
      text:
        en: Which one?
    next: menu
  to_agent:
    do: handoff
    onUnavailable: bye
  bye: {do: end, outcome: resolved}
`;

const at = (text: string, ...path: (string | number)[]): unknown => valueAt(readDocument(text).script?.root, path);

describe('an edit of a script', () => {
  it('changes what it is about and nothing else: comments, order and the author’s way of writing stay', () => {
    const edited = setValue(['nodes', 'menu', 'message', 'text', 'en'], 'What is it?')(source);
    expect(edited).toBe(source.replace('How can we help?', 'What is it?'));
  });

  it('leaves lines that it does not change as the author set them', () => {
    const other =
      'nodes:\n    a:\n        do: ask\n        message: { text: {en: Hi} }\n        options:\n        -   { id: x }\n';
    expect(setValue(['nodes', 'a', 'do'], 'collect')(other)).toBe(other.replace('ask', 'collect'));
    expect(addToList(['nodes', 'a', 'options'], { id: 'y' })(other).startsWith(other.slice(0, 60))).toBe(true);
  });

  it('leaves other lines alone though lists and mappings are written with other spaces', () => {
    const mixed = [
      'locales: [en, fa]',
      '',
      'nodes:',
      '  menu:',
      '    do: ask',
      '    message:',
      '      text: { en: Hi, fa: سلام }',
      '    options:',
      '      - id: track',
      '        say: { en: [order, parcel], fa: [سفارش] }',
      '    timeout: { after: { default: 1h, voice: 8s }, then: bye }',
      '',
      '  # The end.',
      '  bye: { do: end, outcome: resolved }',
      '',
    ].join('\n');
    expect(setValue(['nodes', 'menu', 'message', 'text', 'en'], 'Hello')(mixed)).toBe(mixed.replace('Hi', 'Hello'));
    const added = setValue(['nodes', 'menu', 'options', 0, 'next'], 'bye')(mixed);
    expect(added).toBe(mixed.replace('[سفارش] }\n', '[سفارش] }\n        next: bye\n'));
  });

  it('keeps lines of a text in a mapping that is written on one line, and that mapping on its line', () => {
    const edited = setValue(['nodes', 'menu', 'message', 'text', 'fa'], 'سلام\nبفرمایید: ')(source);
    expect(at(edited, 'nodes', 'menu', 'message', 'text', 'fa')).toBe('سلام\nبفرمایید: ');
    expect(edited.split('\n')).toHaveLength(source.split('\n').length);
  });

  it('makes the mappings on the way to a value, and takes away those that become empty', () => {
    const made = setValue(['nodes', 'ask_order', 'timeout', 'after', 'voice'], '6s')(source);
    expect(at(made, 'nodes', 'ask_order', 'timeout')).toEqual({ after: { voice: '6s' } });
    expect(setValue(['nodes', 'ask_order', 'timeout', 'after', 'voice'], '')(made)).toBe(source);
  });

  it('adds, moves and takes out entries of a list', () => {
    const path = ['nodes', 'menu', 'options'];
    const added = addToList(path, { id: 'hours', label: { en: 'Hours' }, dtmf: '2' })(source);
    const ids = (text: string) => (at(text, ...path) as { id: string }[]).map(({ id }) => id).join();
    expect(ids(added)).toBe('track,human,hours');
    expect(ids(moveInList(path, 2, 0)(added))).toBe('hours,track,human');
    expect(moveInList(path, 0, -1)(added)).toBe(added);
    expect(ids(takeOut([...path, 0])(added))).toBe('human,hours');
  });

  it('begins a node and connects it in one step', () => {
    const edited = all(
      addNode('thanks', 'say', ['en', 'fa']),
      setValue(['nodes', 'menu', 'options', 1, 'next'], 'thanks'),
    )(source);
    expect(at(edited, 'nodes', 'thanks')).toEqual({ do: 'say', message: { text: { en: '', fa: '' } } });
    expect(at(edited, 'nodes', 'menu', 'options', 1, 'next')).toBe('thanks');
    expect(addNode('menu', 'end', ['en'])(source)).toBe(source);
  });

  it('renames a node wherever a way leads to it', () => {
    const edited = renameNode('menu', 'main')(source);
    expect(at(edited, 'start')).toEqual({ default: 'main', voice: 'main' });
    expect(at(edited, 'nodes', 'ask_order', 'next')).toBe('main');
    expect(Object.keys(at(edited, 'nodes') as object)).toEqual(['main', 'ask_order', 'to_agent', 'bye']);
    expect(edited).toContain('# What everybody meets first.');
    const agent = renameNode('to_agent', 'people')(source);
    expect([at(agent, 'fallback'), at(agent, 'intents', 'agent', 'next')]).toEqual(['people', 'people']);
    expect(at(agent, 'nodes', 'menu', 'retry', 'then')).toBe('people');
  });

  it('does not rename a node over another', () => {
    expect(renameNode('menu', 'bye')(source)).toBe(source);
  });

  it('removes a node with the ends of the ways that led to it', () => {
    const edited = removeNode('ask_order')(source);
    expect(at(edited, 'nodes', 'ask_order')).toBeUndefined();
    expect(at(edited, 'nodes', 'menu', 'options', 0)).toEqual({
      id: 'track',
      label: { en: 'Track an order', fa: 'پیگیری سفارش' },
      dtmf: '1',
    });
  });

  it('keeps what both kinds have when a node becomes another kind', () => {
    const edited = changeKind('ask_order', 'collect', ['en', 'fa'])(source);
    expect(at(edited, 'nodes', 'ask_order')).toEqual({
      do: 'collect',
      message: { text: { en: 'Which one?' } },
      into: 'answer',
      type: 'text',
      retry: { max: 2 },
      next: 'menu',
    });
  });

  it('copies a node with its ways out', () => {
    expect(at(copyNode('bye', 'bye_2')(source), 'nodes', 'bye_2')).toEqual({ do: 'end', outcome: 'resolved' });
  });

  it('leaves text that cannot be read as it is', () => {
    const broken = 'nodes: {menu: [';
    expect(removeNode('menu')(broken)).toBe(broken);
    expect(setValue(['nodes', 'menu', 'do'], 'say')(broken)).toBe(broken);
  });

  it('finds names and telephone keys that are free', () => {
    expect(freeNodeId('Say', ['say', 'say_2'])).toBe('say_3');
    expect(freeNodeId('۱۲', [])).toBe('node');
    expect(freeKey([{ dtmf: '1' }, { dtmf: '3' }])).toBe('2');
  });
});

describe('a text that is read', () => {
  it('knows the line of each place, and where the YAML breaks', () => {
    expect(readDocument(source).lineOf(['nodes', 'menu', 'options', 1, 'label'])).toBe(17);
    expect(readDocument(source).lineOf(['nodes', 'menu', 'nothing'])).toBe(13);
    const broken = readDocument('id: shop\ntitle: {en: Shop\nnodes: {}\n');
    expect(broken.script).toBeNull();
    expect(broken.syntax[0]?.line).toBeGreaterThanOrEqual(2);
  });

  it('is no script when it is a list, a word or a flood of aliases', () => {
    expect(readDocument('- a\n- b').script).toBeNull();
    expect(readDocument('hello').script).toBeNull();
    const flood = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [x, x, x, x, x, x, x, x, x]'
        : `l${level}: &l${level} [${Array.from({ length: 9 }, () => `*l${level - 1}`).join()}]`,
    );
    expect(readDocument(flood.join('\n')).script).toBeNull();
  });
});
