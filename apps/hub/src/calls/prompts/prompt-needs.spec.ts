import { describe, expect, it } from '@jest/globals';
import { readScript, type Script } from '#bots';
import { listPrompts } from './list-prompts.js';
import { scriptPrompts } from './prompt-needs.js';
import { isPromptName, promptKey, promptLocale } from './prompt-names.js';
import { writeTar } from './write-tar.js';

const source = `
format: hub-script/1
id: phone_menu
title: { en: Menu, fa: منو }
locales: [en, fa]
default_locale: fa
channels: [voice]
start: { default: menu }
fallback: bye
nodes:
  menu:
    do: ask
    message:
      text: { en: What is it?, fa: چه کاری دارید؟ }
      audio: { fa: prompts/menu.fa.wav, en: prompts/menu.en.wav }
    options:
      - { id: order, label: { en: An order, fa: سفارش }, dtmf: '1', next: told }
      - { id: person, label: { en: A person, fa: کارشناس }, dtmf: '#', next: bye }
    retry:
      max: 1
      noMatch:
        - text: { en: Once more., fa: دوباره. }
          speech: { en: Press one or hash., fa: یک یا مربع را بزنید. }
          audio: { fa: prompts/menu_again.fa.wav }
      then: bye
  told:
    do: say
    message:
      text: { en: 'Order {{ channel }} is on its way.', fa: 'سفارش {{ channel | fa_digits }}، در راه است.' }
      audio: { fa: prompts/told.fa.wav }
    next: bye
  bye:
    do: end
    outcome: resolved
`;

function buildScript(): Script {
  const { script, problems } = readScript(source, {});
  if (!script) {
    throw new Error(JSON.stringify(problems));
  }
  return script;
}

describe('what is to be read aloud', () => {
  it('names the keys of a menu, unless it has a wording for the phone, and leaves values out', () => {
    expect(scriptPrompts(buildScript())).toEqual([
      { name: 'prompts/menu.en.wav', locale: 'en', text: 'What is it? An order: press 1. A person: press hash.' },
      { name: 'prompts/menu.fa.wav', locale: 'fa', text: 'چه کاری دارید؟ سفارش: کلید 1. کارشناس: کلید مربع.' },
      { name: 'prompts/menu_again.fa.wav', locale: 'fa', text: 'یک یا مربع را بزنید.' },
      { name: 'prompts/told.fa.wav', locale: 'fa', text: 'سفارش، در راه است.' },
    ]);
  });

  it('is listed once however many scripts play it, with what nobody needs at the end', () => {
    const prompts = scriptPrompts(buildScript());
    const listed = listPrompts(
      [
        { key: 'one', prompts },
        { key: 'two', prompts: prompts.slice(0, 2) },
      ],
      ['fa prompts/menu.fa.wav', 'en old/tune.wav'],
    );
    const menu = listed.filter(({ name }) => name === 'prompts/menu.fa.wav');
    expect(menu).toEqual([expect.objectContaining({ scripts: ['one', 'two'], group: 'script' })]);
    expect(listed.at(-1)).toEqual({ name: 'old/tune.wav', locale: 'en', text: '', group: 'other', scripts: [] });
  });
});

describe('the name of a recording', () => {
  it.each([
    ['prompts/menu.fa.wav', 'en', 'fa'],
    ['numbers/fa/20.wav', 'en', 'fa'],
    ['line/en/goodbye.wav', 'fa', 'en'],
    ['prompts/menu.wav', 'fa-IR', 'fa'],
    ['prompts/menu.wav', 'de', 'en'],
    ['fares/menu.wav', 'en', 'en'],
  ])('says its language where it does: %s for %s', (name, asked, locale) => {
    expect(promptLocale(name, asked)).toBe(locale);
    expect(promptKey(name, asked)).toBe(`${locale} ${name}`);
  });

  it.each(['../x.wav', '/etc/passwd', 'a//b.wav', 'a/../b.wav', '', '.hidden', `${'a'.repeat(201)}`])(
    'climbs out of no folder: %j',
    (name) => {
      expect(isPromptName(name)).toBe(false);
    },
  );
});

describe('the archive of recordings', () => {
  it('holds each file under its name, whole, with a sum that is right', () => {
    const long = `prompts/${'a'.repeat(95)}/menu.fa.wav`;
    const tar = writeTar(
      [
        { name: 'line/fa/goodbye.wav', content: Buffer.from('abc') },
        { name: long, content: Buffer.alloc(512, 7) },
      ],
      new Date(0),
    );
    expect(tar.length).toBe(512 * 6);
    expect(tar.toString('latin1', 0, 19)).toBe('line/fa/goodbye.wav');
    expect(tar.toString('latin1', 512, 515)).toBe('abc');
    expect(tar.toString('latin1', 1024, 1035)).toBe('menu.fa.wav');
    expect(tar.toString('latin1', 1024 + 345, 1024 + 345 + 103)).toBe(`prompts/${'a'.repeat(95)}`);
    const head = Buffer.from(tar.subarray(0, 512));
    const told = Number.parseInt(head.toString('latin1', 148, 154), 8);
    head.fill(' ', 148, 156);
    expect(head.reduce((sum, byte) => sum + byte, 0)).toBe(told);
  });
});
