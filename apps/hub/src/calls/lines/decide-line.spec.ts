import { describe, expect, it } from '@jest/globals';
import type { LineHappening, LineStop } from '#channels';
import { decideLine, type LineScene } from './decide-line.js';
import type { CallPhase } from './phone-call.query.js';
import { isStop } from './line-steps.js';

const gather: LineStop = {
  gather: { dtmf: true, speech: true, hints: [], numDigits: 1, finishOnKey: null, timeoutMs: 4_000, locale: 'en' },
};
const silent = { words: [], stop: null };

const scene: LineScene = {
  phase: 'script',
  direction: 'in',
  happening: 'arrived',
  isBlocked: false,
  isBusy: false,
  bot: null,
  isGreeted: false,
  settings: { greeting: 'Welcome', locale: 'en', withoutScript: 'queue', defaultCountry: 'IR' },
  locale: 'en',
  isAlone: false,
};

const decided = (over: Partial<LineScene>) => decideLine({ ...scene, ...over }, () => true);
const goodbye = { play: 'line/en/goodbye.wav', locale: 'en' };
const wait = { play: 'line/en/please-wait.wav', locale: 'en' };

describe('a line without a script', () => {
  it('greets, and lets people have the caller', () => {
    expect(decided({})).toEqual({ do: 'people', steps: [{ say: 'Welcome', locale: 'en' }, wait] });
  });

  it('takes a message where its settings say so, and thanks for it', () => {
    const settings = { ...scene.settings, withoutScript: 'voicemail' as const };
    expect(decided({ settings })).toMatchObject({ do: 'message', steps: [{ say: 'Welcome' }, {}, { record: {} }] });
    expect(decided({ settings, phase: 'recording', happening: 'recorded', isGreeted: true })).toMatchObject({
      do: 'play',
      phase: 'over',
      steps: [{ play: 'line/en/thank-you.wav' }, goodbye, { hangup: true }],
    });
  });

  it('waits a moment for a bot that is about to begin', () => {
    expect(decided({ isBusy: true })).toMatchObject({ do: 'play', phase: 'script', steps: [{ again: {} }] });
  });
});

describe('a line with a bot', () => {
  const said = { words: [{ say: 'Press one', locale: 'en' }], stop: gather };

  it('plays what was said and waits for what was asked', () => {
    expect(decided({ bot: { status: 'active', said, open: null, isCutOff: false } })).toEqual({
      do: 'play',
      phase: 'script',
      steps: [...said.words, gather],
    });
  });

  it('asks again what is open where nothing new was said', () => {
    const bot = { status: 'active' as const, said: silent, open: gather, isCutOff: false };
    expect(decided({ bot, isGreeted: true, happening: 'played' })).toMatchObject({ steps: [gather] });
  });

  it('comes back soon while something is looked up, or an answer is still to be heard', () => {
    const filler = { words: [{ say: 'One moment', locale: 'en' }], stop: null };
    expect(decided({ bot: { status: 'waiting', said: filler, open: gather, isCutOff: false } })).toMatchObject({
      steps: [{ say: 'One moment' }, { again: {} }],
    });
    expect(
      decided({ isBusy: true, bot: { status: 'active', said: silent, open: gather, isCutOff: false } }),
    ).toMatchObject({
      steps: [{ again: {} }],
    });
  });

  it.each(['handed_off', 'failed'] as const)('goes to people when it is %s, never in silence', (status) => {
    expect(decided({ bot: { status, said: silent, open: gather, isCutOff: false } })).toEqual({
      do: 'people',
      steps: [wait],
    });
  });

  it('says goodbye where its script ended without a word', () => {
    expect(decided({ bot: { status: 'ended', said: silent, open: null, isCutOff: false } })).toEqual({
      do: 'play',
      phase: 'over',
      steps: [goodbye, { hangup: true }],
    });
  });

  it('is told so where their script was broken off from elsewhere', () => {
    expect(
      decided({ isGreeted: true, bot: { status: 'ended', said: silent, open: gather, isCutOff: true } }),
    ).toMatchObject({
      do: 'play',
      phase: 'over',
      steps: [{ play: 'line/en/sorry.wav' }, { hangup: true }],
    });
  });

  it('speaks again when nobody took the caller in time', () => {
    expect(
      decided({ phase: 'waiting', happening: 'held', bot: { status: 'active', said, open: null, isCutOff: false } }),
    ).toMatchObject({
      do: 'play',
      phase: 'script',
    });
  });

  it('stays with people while they have the caller', () => {
    const bot = { status: 'handed_off' as const, said: silent, open: gather, isCutOff: false };
    expect(decided({ phase: 'waiting', happening: 'held', bot })).toEqual({ do: 'people', steps: [] });
  });

  it('reaches nobody of ours where a tester is alone on the line', () => {
    const bot = { status: 'handed_off' as const, said: silent, open: null, isCutOff: false };
    expect(decided({ bot, isAlone: true })).toMatchObject({
      do: 'play',
      phase: 'over',
      steps: [wait, goodbye, { hangup: true }],
    });
  });
});

it('lets a blocked caller hear a short goodbye', () => {
  expect(decided({ isBlocked: true })).toEqual({ do: 'play', phase: 'over', steps: [goodbye, { hangup: true }] });
});

it('always says something or leads somewhere, whatever the line is in', () => {
  const phases: CallPhase[] = ['script', 'waiting', 'ringing', 'talking', 'recording', 'survey', 'over'];
  const happenings: LineHappening['kind'][] = ['arrived', 'heard', 'recorded', 'played', 'held', 'dialled'];
  const bots = [null, ...(['active', 'waiting', 'handed_off', 'ended', 'failed'] as const)];
  const flags: Partial<LineScene>[] = [
    {},
    { isBusy: true },
    { isBlocked: true },
    { isGreeted: true },
    { isAlone: true },
  ];
  const scenes = phases.flatMap((phase) =>
    happenings.flatMap((happening) =>
      bots.flatMap((status) =>
        flags.map((flag) => ({
          phase,
          happening,
          bot: status && { status, said: silent, open: null, isCutOff: false },
          ...flag,
        })),
      ),
    ),
  );
  for (const one of scenes) {
    const plan = decided(one);
    const stops = plan.steps.filter(isStop).length;
    const endsInOne = stops === 1 && isStop(plan.steps.at(-1) ?? goodbye);
    expect([one, plan.do === 'people' ? stops === 0 : endsInOne]).toEqual([one, true]);
  }
});
