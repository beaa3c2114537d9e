import { matchKey } from '#channels';
import { menuKeys } from '../../render/menu-keys.js';
import type { NodeOf, Option } from '../nodes.js';
import type { Finding } from '../problem.js';
import type { Script } from '../script.js';
import type { Locale } from '../terms.js';
import { nodesOf } from './script-texts.js';

const longestButton = 40;

/** That a customer's answer can mean one option only. */
export function lintOptions(script: Script): Finding[] {
  return nodesOf(script).flatMap(([name, node]) =>
    node.do === 'ask'
      ? [
          ...repeated(name, node, 'id', 'duplicate_option'),
          ...repeated(name, node, 'dtmf', 'duplicate_press'),
          ...script.locales.flatMap((locale) => [...ambiguous(name, node, locale), ...longLabels(name, node, locale)]),
          ...misplacedKeys(script, name, node),
        ]
      : [],
  );
}

function repeated(name: string, node: NodeOf<'ask'>, key: 'id' | 'dtmf', code: string): Finding[] {
  return node.options.flatMap((option, index) => {
    const value = option[key];
    const first = node.options.findIndex((other) => value !== undefined && other[key] === value);
    return first !== -1 && first < index
      ? [{ code, path: ['nodes', name, 'options', index, key], values: { value: value ?? '', option: option.id } }]
      : [];
  });
}

/** Everything that means an option exactly. */
function wordsOf(option: Option, locale: Locale): string[] {
  return [option.label[locale] ?? '', ...(option.say?.[locale] ?? [])].filter((word) => word !== '');
}

/** Spaces make no difference: what is one word to one writer is two to another. */
const keyOf = (word: string): string => matchKey(word).replaceAll(' ', '');

function ambiguous(name: string, node: NodeOf<'ask'>, locale: Locale): Finding[] {
  const meant = new Map<string, string>();
  const findings: Finding[] = [];
  for (const [index, option] of node.options.entries()) {
    for (const word of wordsOf(option, locale)) {
      const key = keyOf(word);
      const other = meant.get(key) ?? numbered(node, index, key);
      if (key !== '' && other !== undefined && other !== option.id) {
        const values = { word, option: option.id, other, locale };
        findings.push({ code: 'ambiguous_words', path: ['nodes', name, 'options', index], values });
      }
      meant.set(key, option.id);
    }
  }
  return findings;
}

/** The other option that a number means in the written menu. */
function numbered(node: NodeOf<'ask'>, index: number, key: string): string | undefined {
  const place = menuKeys(node.options.map(({ dtmf }) => ({ dtmf: dtmf ?? null }))).indexOf(key);
  return place === -1 || place === index ? undefined : node.options[place]?.id;
}

function longLabels(name: string, node: NodeOf<'ask'>, locale: Locale): Finding[] {
  return node.options.flatMap(({ id, label }, index) =>
    (label[locale] ?? '').length > longestButton
      ? [
          {
            severity: 'warning',
            code: 'long_label',
            path: ['nodes', name, 'options', index, 'label', locale],
            values: { option: id, max: longestButton, locale },
          },
        ]
      : [],
  );
}

/** Who knows a menu from the phone types the same number in an SMS, where it may stand for another option. */
function misplacedKeys(script: Script, name: string, node: NodeOf<'ask'>): Finding[] {
  if (!script.channels.includes('voice') || script.channels.length === 1) {
    return [];
  }
  const written = menuKeys(node.options.map(({ dtmf }) => ({ dtmf: dtmf ?? null })));
  return node.options.flatMap(({ id, dtmf }, index) =>
    dtmf !== undefined && dtmf !== written[index] && written.includes(dtmf)
      ? [
          {
            severity: 'warning',
            code: 'key_and_place',
            path: ['nodes', name, 'options', index, 'dtmf'],
            values: { option: id, key: dtmf, place: written[index] ?? '' },
          },
        ]
      : [],
  );
}
