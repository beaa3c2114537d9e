import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { lintScript } from './lint-script.js';
import { smsCosts } from './lint/sms-costs.js';
import { problemText } from './problem-text.js';
import { englishProblems } from './problem-words-en.js';
import { persianProblems } from './problem-words-fa.js';
import { readScript } from './read-script.js';
import type { Script } from './script.js';

const good = readFileSync(new URL('./fixtures/good.yaml', import.meta.url), 'utf8');
const known = {
  connectors: ['orders'],
  queues: ['Sales'],
  calendars: ['Support hours'],
  skills: ['Persian'],
  scripts: [],
  tags: ['refund'],
  surveys: [],
  media: ['map.png'],
  assets: ['menu', 'pick', 'number', 'told', 'free', 'closed', 'bye'].map((name) => `prompts/${name}.fa.wav`),
};

/** Plain data, so that a test may plant any fault in it. */
type Loose = { [key: string]: Loose };

function planted(plant: (script: Loose) => void): Script {
  const script = parse(good) as Loose;
  plant(script);
  return script as unknown as Script;
}

const node = (script: Loose, name: string): Loose => script['nodes']?.[name] as Loose;
const option = (script: Loose, index: number): Loose => node(script, 'menu')['options']?.[index] as Loose;
const loose = (value: unknown): Loose => value as Loose;

/** What each fault is and the one error that it must lead to. */
const faults: [string, (script: Loose) => void, string, (string | number)[]][] = [
  ['a way to nowhere', (s) => (node(s, 'told')['next'] = loose('gone')), 'missing_target', ['nodes', 'told', 'next']],
  [
    'an option to nowhere',
    (s) => (option(s, 1)['next'] = loose('gone')),
    'missing_target',
    ['nodes', 'menu', 'options', 1, 'next'],
  ],
  ['a start at nowhere', (s) => (loose(s['start'])['sms'] = loose('gone')), 'missing_target', ['start', 'sms']],
  ['a fallback to nowhere', (s) => (s['fallback'] = loose('gone')), 'missing_target', ['fallback']],
  [
    'a loop without a question',
    (s) => (node(s, 'count_up')['next'] = loose('told')),
    'endless_loop',
    ['nodes', 'told'],
  ],
  [
    'a loop through a closed queue',
    (s) => (node(s, 'to_agent')['onUnavailable'] = loose('to_agent')),
    'endless_loop',
    ['nodes', 'to_agent'],
  ],
  [
    'a loop through a failing lookup',
    (s) => (node(s, 'look')['onError'] = loose('look')),
    'endless_loop',
    ['nodes', 'look'],
  ],
  [
    'a dead end',
    (s) => {
      node(s, 'told')['next'] = loose('stuck');
      loose(s['nodes'])['stuck'] = loose({
        do: 'collect',
        message: node(s, 'ask_order')['message'],
        into: 'x',
        type: 'text',
        next: 'stuck',
      });
    },
    'dead_end',
    ['nodes', 'stuck'],
  ],
  [
    'a text without its Persian',
    (s) => delete node(s, 'bye')['message']?.['text']?.['fa'],
    'missing_locale',
    ['nodes', 'bye', 'message', 'text'],
  ],
  [
    'a label without its Persian',
    (s) => delete option(s, 0)['label']?.['fa'],
    'missing_locale',
    ['nodes', 'menu', 'options', 0, 'label'],
  ],
  [
    'a re-prompt without its English',
    (s) => delete loose(node(s, 'menu')['retry']?.['noMatch']?.[0])['text']?.['en'],
    'missing_locale',
    ['nodes', 'menu', 'retry', 'noMatch', 0, 'text'],
  ],
  ['a title without its Persian', (s) => delete s['title']?.['fa'], 'missing_locale', ['title']],
  [
    'a default language that is not spoken',
    (s) => {
      s['locales'] = loose(['fa']);
      s['default_locale'] = loose('en');
    },
    'default_locale',
    ['default_locale'],
  ],
  [
    'a prompt without its recording',
    (s) => delete node(s, 'ask_order')['message']?.['audio'],
    'missing_audio',
    ['nodes', 'ask_order', 'message'],
  ],
  [
    'a re-prompt without its recording',
    (s) => delete loose(node(s, 'menu')['retry']?.['noMatch']?.[0])['audio'],
    'missing_audio',
    ['nodes', 'menu', 'retry', 'noMatch', 0],
  ],
  ['an option without a key', (s) => delete option(s, 2)['dtmf'], 'missing_key', ['nodes', 'menu', 'options', 2]],
  [
    'an unknown connector',
    (s) => (node(s, 'look')['ref'] = loose('payments')),
    'unknown_connector',
    ['nodes', 'look', 'ref'],
  ],
  ['a lookup without a connector', (s) => delete node(s, 'look')['ref'], 'lookup_without_ref', ['nodes', 'look']],
  [
    'an unknown queue',
    (s) => (node(s, 'closed')['queue'] = loose('Night')),
    'unknown_queue',
    ['nodes', 'closed', 'queue'],
  ],
  [
    'unknown service hours',
    (s) => (node(s, 'hello')['calendar'] = loose('Night')),
    'unknown_calendar',
    ['nodes', 'hello', 'calendar'],
  ],
  [
    'an unknown skill',
    (s) => (node(s, 'to_agent')['skills'] = loose(['Kurdish'])),
    'unknown_skill',
    ['nodes', 'to_agent', 'skills', 0],
  ],
  [
    'an unknown recording',
    (s) => (loose(node(s, 'bye')['message']?.['audio'])['fa'] = loose('x.wav')),
    'unknown_asset',
    ['nodes', 'bye', 'message', 'audio', 'fa'],
  ],
  [
    'a picture that is not there',
    (s) => (loose(node(s, 'bye')['message'])['media'] = loose('plan.png')),
    'unknown_media',
    ['nodes', 'bye', 'message', 'media'],
  ],
  [
    'an unknown script',
    (s) => (loose(s['nodes'])['count_up'] = loose({ do: 'call', script: 'survey', into: 'count', next: 'worth' })),
    'unknown_script',
    ['nodes', 'count_up', 'script'],
  ],
  [
    'an option twice',
    (s) => (option(s, 1)['id'] = loose('track')),
    'duplicate_option',
    ['nodes', 'menu', 'options', 1, 'id'],
  ],
  [
    'a key twice',
    (s) => (option(s, 1)['dtmf'] = loose('1')),
    'duplicate_press',
    ['nodes', 'menu', 'options', 1, 'dtmf'],
  ],
  [
    'a word with two meanings, spelled otherwise',
    (s) => (option(s, 1)['say'] = loose({ fa: ['پي گيري سفارش'] })),
    'ambiguous_words',
    ['nodes', 'menu', 'options', 1],
  ],
  [
    'a number that is another option',
    (s) => (option(s, 1)['say'] = loose({ fa: ['۱'] })),
    'ambiguous_words',
    ['nodes', 'menu', 'options', 1],
  ],
  [
    'an unknown variable in a text',
    (s) => (loose(node(s, 'bye')['message']?.['text'])['en'] = loose('Bye {{ nmae }}')),
    'unknown_variable',
    ['nodes', 'bye', 'message', 'text', 'en'],
  ],
  [
    'an unknown variable in a condition',
    (s) => (loose(node(s, 'worth')['cases']?.[0])['when'] = loose({ var: 'oder', op: 'exists' })),
    'unknown_variable',
    ['nodes', 'worth', 'cases', 0, 'when'],
  ],
  [
    'an unknown filter',
    (s) => (loose(node(s, 'bye')['message']?.['text'])['en'] = loose('Bye {{ order_no | shout }}')),
    'template_filter',
    ['nodes', 'bye', 'message', 'text', 'en'],
  ],
  [
    'a loop in a template',
    (s) => (loose(node(s, 'bye')['message']?.['text'])['en'] = loose('{% for i in (1..9) %}x{% endfor %}')),
    'template_tag',
    ['nodes', 'bye', 'message', 'text', 'en'],
  ],
  [
    'an open brace',
    (s) => (loose(node(s, 'bye')['message']?.['text'])['en'] = loose('Bye {{ order_no }')),
    'template_braces',
    ['nodes', 'bye', 'message', 'text', 'en'],
  ],
  [
    'a plural without other',
    (s) => (loose(node(s, 'bye')['message']?.['text'])['en'] = loose('{count, plural, one {x}}')),
    'template_plural',
    ['nodes', 'bye', 'message', 'text', 'en'],
  ],
  [
    'a secret that is told',
    (s) => {
      node(s, 'ask_order')['sensitive'] = loose(true);
      delete node(s, 'to_agent')['summary'];
      delete node(s, 'make_ticket')['subject'];
      node(s, 'told')['message'] = loose({
        text: { en: 'It is {{ order_no }}', fa: 'همان {{ order_no | mask }}' },
        audio: { fa: 'prompts/told.fa.wav' },
      });
    },
    'sensitive_in_text',
    ['nodes', 'told', 'message', 'text', 'en'],
  ],
  [
    'a pattern that looks ahead',
    (s) => (node(s, 'ask_order')['pattern'] = loose('(?=a)b')),
    'bad_pattern',
    ['nodes', 'ask_order', 'pattern'],
  ],
  [
    'a pattern in a condition that is none',
    (s) => (loose(node(s, 'worth')['cases']?.[0])['when'] = loose({ var: 'order_no', op: 'matches', value: '(' })),
    'bad_pattern',
    ['nodes', 'worth', 'cases', 0, 'when'],
  ],
  [
    'a comparison with nothing',
    (s) => (loose(node(s, 'worth')['cases']?.[0])['when'] = loose({ var: 'order_no', op: 'eq' })),
    'condition_value',
    ['nodes', 'worth', 'cases', 0, 'when'],
  ],
  [
    'bounds that are swapped',
    (s) => Object.assign(node(s, 'ask_order'), { min: 9, max: 3 }),
    'bounds_swapped',
    ['nodes', 'ask_order', 'min'],
  ],
  [
    'an unknown intent',
    (s) => (loose(node(s, 'free')['intents']?.[0])['intent'] = loose('refnd')),
    'unknown_intent',
    ['nodes', 'free', 'intents', 0, 'intent'],
  ],
  [
    'a global intent that leads nowhere',
    (s) => (loose(s['intents']?.['refund'])['global'] = loose(true)),
    'global_without_next',
    ['intents', 'refund'],
  ],
  ['a currency that is none', (s) => (s['currency'] = loose('XXQ')), 'bad_currency', ['currency']],
  [
    'a variable with a name of Peyk’s',
    (s) => (loose(s['vars'])['customer'] = loose({ type: 'text' })),
    'ambient_name',
    ['vars', 'customer'],
  ],
];

describe('checking a script', () => {
  it('finds nothing to refuse in a good one', () => {
    const problems = lintScript(
      planted(() => undefined),
      known,
    );

    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(faults)('refuses %s, and says only that', (_, plant, code, path) => {
    const errors = lintScript(planted(plant), known).filter(({ severity }) => severity === 'error');

    expect(errors.map((error) => ({ code: error.code, path: error.path }))).toEqual([{ code, path }]);
  });

  it('does not ask for recordings and keys where there is no phone', () => {
    const script = planted((s) => {
      s['channels'] = loose(['web']);
      delete node(s, 'ask_order')['message']?.['audio'];
      delete option(s, 2)['dtmf'];
    });

    expect(lintScript(script, known).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('does not ask for a recording of what callers never hear', () => {
    const script = planted((s) => {
      loose(s['start'])['web'] = loose('web_only');
      loose(s['nodes'])['web_only'] = loose({ do: 'say', message: { text: { en: 'Hi', fa: 'سلام' } }, next: 'hello' });
    });

    expect(lintScript(script, known).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('warns of what nobody comes to, of variables that may be empty and of long SMS', () => {
    const long = 'سلام '.repeat(80);
    const script = planted((s) => {
      loose(s['nodes'])['lost'] = loose({ do: 'end', outcome: 'resolved' });
      loose(node(s, 'bye')['message']?.['text'])['fa'] = loose(long);
      loose(node(s, 'closed')['message']?.['text'])['en'] = loose('Closed, {{ order_no }}.');
    });
    const warnings = lintScript(script, known).filter(({ severity }) => severity === 'warning');

    expect(warnings.map(({ code, node: name }) => [code, name])).toEqual(
      expect.arrayContaining([
        ['unreachable', 'lost'],
        ['used_before_set', 'closed'],
        ['sms_parts', 'bye'],
      ]),
    );
  });

  it.each<[string, (script: Loose) => void, string]>([
    ['a fallback that no person hears of', (s) => (s['fallback'] = loose('bye')), 'lonely_fallback'],
    [
      'an e-mail address to be typed on a phone',
      (s) => (node(s, 'ask_order')['type'] = loose('email')),
      'hard_by_phone',
    ],
    ['a question that no survey asks', (s) => (node(s, 'bye')['csat'] = loose(true)), 'csat_not_asked'],
    ['a question that callers are not asked', (s) => (node(s, 'bye')['csat'] = loose(true)), 'csat_not_by_phone'],
    ['a wait that leads nowhere', (s) => (node(s, 'to_agent')['maxWait'] = loose('5m')), 'half_wait'],
    [
      'a menu that may be empty',
      (s) => [0, 1, 2].forEach((index) => (option(s, index)['when'] = loose({ var: 'tries', op: 'exists' }))),
      'all_conditional',
    ],
    [
      'a label that is longer than a button',
      (s) => (loose(option(s, 0)['label'])['en'] = loose('x'.repeat(50))),
      'long_label',
    ],
    [
      'a key that is another option in writing',
      (s) => {
        option(s, 0)['dtmf'] = loose('2');
        option(s, 1)['dtmf'] = loose('*');
      },
      'key_and_place',
    ],
    ['a text in a language that is not spoken', (s) => (s['locales'] = loose(['fa'])), 'spare_locale'],
    [
      'an intent without words',
      (s) => {
        const refund = loose(s['intents']?.['refund']);
        delete refund['examples'];
        delete refund['keywords'];
      },
      'wordless_intent',
    ],
    [
      'a picture that callers do not see',
      (s) => (loose(node(s, 'bye')['message'])['media'] = loose('map.png')),
      'media_unseen',
    ],
    ['a tag that is new', (s) => (node(s, 'make_ticket')['tags'] = loose(['refnd'])), 'unknown_tag'],
  ])('warns of %s, and lets it pass', (_, plant, code) => {
    const problems = lintScript(planted(plant), known);

    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const problem of problems) {
      expect(problemText(problem, 'fa')).not.toContain(problem.code);
    }
  });

  it('counts the SMS parts of a Persian menu with its numbers', () => {
    const costs = smsCosts(planted(() => undefined)).filter(({ node: name }) => name === 'menu');

    expect(costs.find(({ locale, path }) => locale === 'fa' && path[2] === 'message')).toMatchObject({
      encoding: 'UCS-2',
      parts: 2,
    });
    expect(costs.find(({ locale, path }) => locale === 'en' && path[2] === 'message')).toMatchObject({
      encoding: 'GSM-7',
    });
  });

  it('follows a long chain without calling itself', () => {
    const script = planted((s) => {
      for (let at = 0; at < 400; at += 1) {
        loose(s['nodes'])[`n${at}`] = loose({ do: 'tag', add: ['refund'], next: at === 399 ? 'bye' : `n${at + 1}` });
      }
      node(s, 'told')['next'] = loose('n0');
    });

    expect(lintScript(script, known).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('problems in words', () => {
  it('names node, option and language for somebody who does not program', () => {
    const script = planted((s) => delete option(s, 0)['label']?.['fa']);
    const [problem] = lintScript(script, known);

    expect(problem && problemText(problem, 'en')).toBe(
      'Node “menu”, option “track”: the Persian label is missing. Write it.',
    );
    expect(problem && problemText(problem, 'fa')).toBe(
      'گره «menu»، گزینهٔ «track»: برچسب فارسی نوشته نشده است. آن را بنویسید.',
    );
  });

  it('says in both languages what every planted fault is, with nothing left to fill in', () => {
    for (const [, plant] of faults) {
      const [problem] = lintScript(planted(plant), known);
      for (const locale of ['en', 'fa'] as const) {
        const text = problem ? problemText(problem, locale) : '';
        expect(
          text.replaceAll(/\{x, select, a \{…\} other \{…\}\}|\{% for[^”»]*|\{\{[^}]*\}\}|\{…\}/gu, ''),
        ).not.toMatch(/[{}]|undefined/u);
        expect(text).not.toBe(problem?.code);
      }
    }
  });

  it('has the same placeholders in both languages', () => {
    const names = (text: string): string[] => (text.match(/\{[a-z]+\}/giu) ?? []).toSorted();
    for (const [code, text] of Object.entries(englishProblems)) {
      const persian = persianProblems[code as keyof typeof persianProblems];
      expect([code, [...new Set(names(persian))].filter((name) => name !== '{language}')]).toEqual([
        code,
        [...new Set(names(text))].filter((name) => name !== '{language}'),
      ]);
    }
  });

  it('tells what is missing in a place that must not be empty', () => {
    const { problems } = readScript(good.replace('    onUnavailable: closed\n', ''));

    expect(problems[0] && problemText(problems[0], 'en')).toMatch(
      /^Node “to_agent”: “onUnavailable” is missing: write where/u,
    );
  });
});
