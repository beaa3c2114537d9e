import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readScript } from '../script/read-script.js';
import type { Script } from '../script/script.js';
import { beginState, step, type StepResult } from './step.js';
import type { BotEvent, BotHappening } from './types/bot-event.js';
import type { BotState } from './types/bot-state.js';
import type { StepWorld } from './types/step-world.js';

const noon = Date.parse('2026-03-21T08:30:00Z');

function fixture(name: string): Script {
  const { script, problems } = readScript(readFileSync(`libs/bots/src/engine/fixtures/${name}.yaml`, 'utf8'));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return script as Script;
}

const orders = fixture('orders');
const everything = fixture('everything');
const inner = fixture('inner');
const text = (en: string) => ({ text: { en, fa: en } });

function worldAt(now: number, changes: Partial<StepWorld> = {}): StepWorld {
  return {
    now,
    zone: 'Asia/Tehran',
    calendars: {},
    queues: { '': { isOpen: true, agentsFree: 1, waiting: 0 }, support: { isOpen: true, agentsFree: 1, waiting: 3 } },
    customer: {},
    conversation: {},
    scripts: { inner },
    articles: () => [],
    ...changes,
  };
}

/** A session that is talked to; `last` is what the latest event led to. */
class Talk {
  state: BotState;
  now = noon;
  last: StepResult | null = null;

  constructor(
    readonly script: Script,
    options: { channel?: BotState['channel']; locale?: string; world?: Partial<StepWorld>; begins?: boolean } = {},
  ) {
    this.state = beginState(script, { channel: options.channel ?? 'web', locale: options.locale ?? 'en' });
    this.world = options.world ?? {};
    if (options.begins !== false) {
      this.on({ kind: 'start' });
    }
  }

  world: Partial<StepWorld>;

  on(happening: BotHappening): StepResult {
    const event: BotEvent = { ...happening, at: this.now };
    this.last = step(this.script, this.state, event, worldAt(this.now, this.world));
    this.state = this.last.state;
    return this.last;
  }

  says(words: string): StepResult {
    return this.on({ kind: 'text', text: words });
  }

  press(option: string, turn = this.state.asked?.turn ?? 0): StepResult {
    return this.on({ kind: 'choice', turn, option });
  }

  silence(afterMs: number): StepResult {
    this.now += afterMs;
    return this.on({ kind: 'silence' });
  }

  answer(value: unknown): StepResult {
    return this.on({ kind: 'result', effect: this.state.pending ?? '', ok: true, value });
  }

  heard(): string {
    return this.last?.output.map(({ text: said }) => said).join(' | ') ?? '';
  }

  did(): string[] {
    return this.last?.effects.map(({ kind }) => kind) ?? [];
  }
}

describe('a script that talks', () => {
  test('says its greeting, asks its first question and waits', () => {
    const talk = new Talk(orders);
    expect(talk.heard()).toBe('Welcome to Peyk. | How can we help?');
    expect(talk.state).toMatchObject({ status: 'active', node: 'menu', turn: 1, wakeAt: noon + 1_800_000 });
    expect(talk.last?.walked).toEqual([
      { node: 'hello', entered: true, exit: 'next' },
      { node: 'menu', entered: true, exit: null },
    ]);
  });

  test('takes the first words of a customer as the answer to its first question', () => {
    const talk = new Talk(orders, { begins: false, locale: 'fa' });
    talk.says('پيگيري سفارش');
    expect(talk.state.node).toBe('ask_order');
    expect(talk.heard()).toContain('شمارهٔ سفارش');
  });

  test('asks its question when the first words are none of its answers, without counting a miss', () => {
    const talk = new Talk(orders, { begins: false });
    talk.says('hello there');
    expect(talk.state).toMatchObject({ node: 'menu', attempts: 0, misses: [] });
  });

  test('does not take a number for a choice from a menu that nobody has seen', () => {
    const talk = new Talk(orders, { begins: false });
    talk.says('1');
    expect(talk.state.node).toBe('menu');
  });

  test('asks the hub for a lookup and goes on with its answer only', () => {
    const talk = new Talk(orders);
    talk.press('track');
    talk.says('۱۲۳۴۵۶');
    expect(talk.last?.effects).toMatchObject([
      { id: '3:0', kind: 'lookup', ref: 'orders', args: { number: '123456' }, awaitsResult: true, sensitive: false },
    ]);
    expect(talk.state.status).toBe('waiting');
    talk.on({ kind: 'result', effect: '1:0', ok: true, value: { state: 'lost' } });
    expect(talk.state.status).toBe('waiting');
    talk.answer({ state: 'sent' });
    expect(talk.heard()).toBe('Order 123456 is sent. | Anything else?');
  });

  test.each([
    ['absent', 'I cannot find it. | Anything else?'],
    ['failed', 'A colleague takes over.'],
    ['timeout', 'A colleague takes over.'],
  ] as const)('has a way for a lookup that ends as %s', (error, heard) => {
    const talk = new Talk(orders);
    talk.press('track');
    talk.says('123456');
    talk.on({ kind: 'result', effect: talk.state.pending ?? '', ok: false, error });
    expect(talk.heard()).toBe(heard);
  });

  test('says its filler when a lookup takes long, and goes on without an answer when it takes too long', () => {
    const talk = new Talk(orders);
    talk.press('track');
    talk.says('123456');
    expect(talk.heard()).toBe('');
    talk.silence(3_999);
    expect(talk.heard()).toBe('');
    talk.silence(1);
    expect(talk.heard()).toBe('One moment.');
    talk.silence(60_000);
    expect(talk.heard()).toBe('A colleague takes over.');
  });

  test('hands over with what an agent needs', () => {
    const talk = new Talk(orders);
    talk.press('track');
    talk.says('nonsense');
    talk.says('agent');
    const handoff = talk.last?.effects.find(({ kind }) => kind === 'handoff');
    expect(handoff).toMatchObject({
      queue: 'support',
      skills: ['orders'],
      summary: { reason: 'asked', locale: 'en', misses: [{ node: 'ask_order', text: 'nonsense' }] },
    });
    expect(talk.state).toMatchObject({ status: 'handed_off', outcome: 'handed_off', asked: null });
    expect(handoff?.kind === 'handoff' && handoff.summary.path.map(({ node }) => node)).toEqual([
      'hello',
      'menu',
      'ask_order',
      'to_agent',
    ]);
  });

  test('goes its own way when nobody can take a hand-off', () => {
    const talk = new Talk(orders, { world: { queues: { support: { isOpen: false, agentsFree: 0, waiting: 0 } } } });
    talk.press('human');
    expect(talk.state.node).toBe('leave');
    talk.says('Please call me');
    expect(talk.did()).toEqual(['voicemail', 'end']);
  });

  test('takes back a hand-off that nobody took in time', () => {
    const talk = new Talk(orders);
    talk.press('human');
    talk.silence(119_999);
    expect(talk.state.status).toBe('handed_off');
    talk.silence(1);
    expect(talk.did()).toEqual(['withdraw']);
    expect(talk.state.node).toBe('leave');
  });

  test('is silent while people have the conversation, and goes on where the script says when it is given back', () => {
    const talk = new Talk(orders);
    talk.press('human');
    talk.says('hello?');
    expect(talk.last?.output).toEqual([]);
    talk.on({ kind: 'resume' });
    expect(talk.state).toMatchObject({ status: 'active', node: 'menu', metAgent: true, outcome: null });
  });

  test('says nothing more once it has ended', () => {
    const talk = new Talk(orders);
    talk.says('stop');
    expect(talk.did()).toEqual(['end']);
    const ended = talk.state;
    talk.says('hello');
    expect(talk.last?.output).toEqual([]);
    expect(talk.state).toBe(ended);
  });

  test('ends as abandoned when a caller hangs up', () => {
    const talk = new Talk(orders, { channel: 'voice' });
    talk.on({ kind: 'hangup' });
    expect(talk.state).toMatchObject({ status: 'ended', outcome: 'abandoned' });
    expect(talk.did()).toEqual(['end']);
  });
});

describe('an answer that is not understood', () => {
  test('is asked for in other words each time, and in the end leads to a person', () => {
    const talk = new Talk(orders);
    talk.says('one thing');
    expect(talk.heard()).toBe('Please pick one.');
    talk.on({ kind: 'file', mediaType: 'image/png' });
    expect(talk.heard()).toBe('Please send one of the numbers.');
    talk.says('third thing');
    expect(talk.heard()).toBe('A colleague takes over.');
    expect(talk.last?.missed).toBe(true);
  });

  test('counts silence, noise and wrong keys on a call by one counter', () => {
    const talk = new Talk(orders, { channel: 'voice' });
    talk.silence(6_000);
    talk.on({ kind: 'digits', digits: '9' });
    expect(talk.state.attempts).toBe(2);
    talk.says('mumble');
    expect(talk.state.status).toBe('handed_off');
  });

  test('begins to count anew at the next question', () => {
    const talk = new Talk(orders);
    talk.says('noise');
    talk.press('track');
    expect(talk.state.attempts).toBe(0);
  });

  test('ends a written question when its time is over, and not before', () => {
    const talk = new Talk(orders);
    talk.silence(1_799_999);
    expect(talk.state.status).toBe('active');
    talk.silence(1);
    expect(talk.state).toMatchObject({ status: 'ended', outcome: 'abandoned' });
  });

  test('offers what may have been meant, and brings a person when it was none of it', () => {
    const script: Script = {
      ...orders,
      intents: {
        red: { examples: { en: ['my red card is lost'] }, label: { en: 'Red card' } },
        blue: { examples: { en: ['my blue card is lost'] }, label: { en: 'Blue card' } },
      },
      nodes: {
        ...orders.nodes,
        menu: {
          do: 'match',
          message: text('What is it?'),
          intents: [
            { intent: 'red', next: 'done' },
            { intent: 'blue', next: 'bye' },
          ],
          otherwise: 'to_agent',
          retry: { max: 2 },
        },
      },
    };
    const talk = new Talk(script);
    talk.says('my card is lost');
    expect(talk.state.asked).toMatchObject({ stage: 'guess' });
    expect(talk.last?.output.at(-1)?.options.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Red card', 'Blue card', 'None of these']),
    );
    const other = new Talk(script);
    other.says('my card is lost');
    other.press('neither');
    expect(other.state.status).toBe('handed_off');
    talk.press('blue');
    expect(talk.state).toMatchObject({ status: 'ended', node: 'bye' });
  });
});

describe('a menu', () => {
  test('that is old is explained and shown again', () => {
    const talk = new Talk(orders);
    talk.press('track');
    talk.press('human', 1);
    expect(talk.heard()).toBe('That menu is no longer current. Please choose here: | What is your order number?');
    expect(talk.state).toMatchObject({ node: 'ask_order', attempts: 0 });
  });

  test('takes two taps of one button for one answer', () => {
    const talk = new Talk(orders);
    talk.press('track', 1);
    const answered = talk.state;
    talk.press('track', 1);
    expect(talk.last?.output).toEqual([]);
    expect(talk.state).toBe(answered);
  });

  test('takes a press of its earlier showing while it is still open', () => {
    const talk = new Talk(orders);
    talk.says('noise');
    talk.press('track', 1);
    expect(talk.state.node).toBe('ask_order');
  });

  test('shows an option only where its condition holds', () => {
    const ids = (tier: string) => {
      const talk = new Talk(everything, { world: { customer: { tier, name: 'Sara' } } });
      return talk.last?.output.at(-1)?.options.map(({ id }) => id);
    };
    expect(ids('gold')).toContain('vip');
    expect(ids('none')).not.toContain('vip');
  });

  test('speaks the other language from the moment it is asked to', () => {
    const talk = new Talk(orders);
    talk.says('فارسی');
    expect(talk.state.locale).toBe('fa');
    expect(talk.heard()).toBe('چه کمکی از ما برمی‌آید؟');
  });
});

describe('a mark from 1 to 5', () => {
  test('is offered in the digits of the language, and is a number however it is given', () => {
    const talk = new Talk(everything, { channel: 'telegram', locale: 'fa' });
    talk.press('rate');
    expect(talk.last?.output[0]?.options.map(({ label }) => label)).toEqual(['۱', '۲', '۳', '۴', '۵']);
    const begun = talk.state;
    for (const mark of [
      { kind: 'choice', turn: begun.turn, option: 'mark_4' },
      { kind: 'text', text: '٤' },
    ] as const) {
      talk.state = begun;
      talk.on(mark);
      expect(talk.state.vars['mark']).toBe(4);
    }
  });
});

describe('an answer given in confidence', () => {
  const seal = {
    close: (value: string) => Buffer.from(value).toString('base64'),
    open: (sealed: string) => Buffer.from(sealed, 'base64').toString(),
  };
  const card = '6037991234567890';

  function untilCard(world: Partial<StepWorld>): Talk {
    const talk = new Talk(orders, { world });
    talk.press('other');
    talk.says('refund');
    talk.says(card);
    return talk;
  }

  test('reaches the connector that needs it, and stands nowhere in clear', () => {
    const talk = untilCard({ seal });
    expect(talk.last?.confidential).toBe(true);
    expect(talk.heard()).not.toContain(card);
    talk.press('yes');
    expect(talk.last?.confidential).toBe(false);
    expect(talk.last?.effects).toMatchObject([{ kind: 'lookup', args: { card }, sensitive: true }]);
    expect(JSON.stringify(talk.state)).not.toContain(card);
    expect(talk.state.vars['card']).toBe('••••90');
  });

  test('is as confidential when it is written once more instead of a yes', () => {
    const talk = untilCard({ seal });
    expect(talk.says(card).confidential).toBe(true);
    expect(JSON.stringify(talk.state)).not.toContain(card);
  });

  test('is used at once and forgotten with its turn where nothing can seal it', () => {
    const talk = untilCard({});
    expect(talk.last?.effects).toMatchObject([{ kind: 'lookup', args: { card } }]);
    expect(JSON.stringify(talk.state)).not.toContain(card);
  });

  test('is masked among what was not understood', () => {
    const talk = new Talk(orders, { world: { seal } });
    talk.press('other');
    talk.says('refund');
    talk.says('my pin is four-two');
    expect(talk.state.misses).toMatchObject([{ node: 'secret', text: '••••wo' }]);
    expect(talk.state.lastText).toBeNull();
  });
});

describe('a script that calls another', () => {
  test('goes through it, keeps what it asked, and comes back', () => {
    const talk = new Talk(everything, { world: { customer: { name: 'Sara' } } });
    talk.press('sub');
    expect(talk.state).toMatchObject({ script: 'inner', node: 'birthday', stack: [{ script: null, node: 'sub' }] });
    talk.says('۱۳۷۰/۵/۱');
    expect(talk.state).toMatchObject({ script: null, node: 'menu', stack: [] });
    expect(talk.state.vars['ended_as']).toBe('resolved');
    expect(talk.last?.walked.map(({ node }) => node)).toEqual([
      'inner/birthday',
      'inner/confirm_born',
      'inner/over',
      'menu',
    ]);
  });

  test('is handed to people, with an alert, when the other is not there', () => {
    const talk = new Talk(everything, { world: { scripts: {} } });
    talk.press('sub');
    expect(talk.did()).toEqual(['alert', 'handoff']);
    expect(talk.state.status).toBe('handed_off');
  });
});

describe('the limits of a script', () => {
  const looping = (nodes: Script['nodes']): Script => ({ ...orders, nodes: { ...orders.nodes, ...nodes } });

  test('lead to the fallback when a turn does not come to rest', () => {
    const talk = new Talk(
      looping({
        hello: { do: 'set', values: { a: 1 }, next: 'again' },
        again: { do: 'set', values: { a: 2 }, next: 'hello' },
      }),
    );
    expect(talk.heard()).toBe('A colleague takes over.');
    expect(talk.state).toMatchObject({ status: 'handed_off', guardsHit: 1 });
  });

  test('hand over with an alert when the fallback does not come to rest either', () => {
    const talk = new Talk({
      ...looping({ hello: { do: 'say', message: text('again'), next: 'hello' } }),
      fallback: 'hello',
    });
    expect(talk.did()).toEqual(['alert', 'handoff']);
    expect(talk.last?.output.length).toBeLessThanOrEqual(12);
  });

  test('end a talk between two machines by a tag and a person', () => {
    const talk = new Talk(orders);
    talk.press('track');
    const automatic = 'Thank you for your message, we will answer soon.';
    talk.says(automatic);
    talk.now += 1_000;
    talk.says(automatic);
    talk.now += 1_000;
    talk.says(`${automatic} `);
    expect(talk.last?.effects).toMatchObject([
      { kind: 'handoff', summary: { reason: 'ping_pong' } },
      { kind: 'tag', scope: 'ticket', add: ['ping-pong'] },
    ]);
  });

  test('let a person choose the same number in three menus', () => {
    const talk = new Talk(everything, { channel: 'sms', world: { customer: { name: 'Sara' } } });
    for (let times = 0; times < 3; times += 1) {
      talk.says('1');
      talk.says('1');
    }
    expect(talk.state).toMatchObject({ node: 'menu', status: 'active', guardsHit: 0 });
  });

  test('bring a person after too many turns', () => {
    const talk = new Talk({ ...everything, limits: { turns: 5, visits: 100 } });
    for (let times = 0; times < 2; times += 1) {
      talk.press('pause');
      talk.silence(120_000);
    }
    expect(talk.state.status).toBe('active');
    talk.press('pause');
    expect(talk.last?.effects[0]).toMatchObject({ kind: 'handoff', summary: { reason: 'limit' } });
  });
});
