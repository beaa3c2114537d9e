import type { Finding } from '../problem.js';
import type { Script } from '../script.js';
import type { Locale, LocalText } from '../terms.js';
import { messagesOf, nodesOf, type Path } from './script-texts.js';

/** Every text in every language of the script, and none that nobody will read. */
export function lintLanguages(script: Script): Finding[] {
  return [...scriptLanguages(script), ...textsIn(script).flatMap(({ path, text }) => gapsIn(script, path, text))];
}

function scriptLanguages(script: Script): Finding[] {
  const findings: Finding[] = [];
  if (!script.locales.includes(script.default_locale)) {
    findings.push({ code: 'default_locale', path: ['default_locale'], values: { locale: script.default_locale } });
  }
  for (const room of ['locales', 'channels'] as const) {
    if (new Set<string>(script[room]).size < script[room].length) {
      findings.push({ code: 'listed_twice', path: [room], values: { key: room } });
    }
  }
  return findings;
}

function textsIn(script: Script): { path: Path; text: LocalText }[] {
  const nodes = nodesOf(script).flatMap(([name, node]) => [
    ...messagesOf(name, node).flatMap(({ path, message }) =>
      (['text', 'short', 'speech'] as const).flatMap((kind) => {
        const text = message[kind];
        return text ? [{ path: [...path, kind], text }] : [];
      }),
    ),
    ...(node.do === 'ask' ? node.options : []).map(({ label }, index) => ({
      path: ['nodes', name, 'options', index, 'label'],
      text: label,
    })),
  ]);
  const labels = Object.entries(script.intents ?? {}).flatMap(([intent, { label }]) =>
    label ? [{ path: ['intents', intent, 'label'], text: label }] : [],
  );
  return [{ path: ['title'], text: script.title }, ...nodes, ...labels];
}

function gapsIn(script: Script, path: Path, text: LocalText): Finding[] {
  const missing = script.locales
    .filter((locale) => text[locale] === undefined)
    .map((locale): Finding => ({ code: 'missing_locale', path, values: { locale } }));
  const spare = (['en', 'fa'] satisfies Locale[])
    .filter((locale) => text[locale] !== undefined && !script.locales.includes(locale))
    .map((locale): Finding => ({
      severity: 'warning',
      code: 'spare_locale',
      path: [...path, locale],
      values: { locale },
    }));
  return [...missing, ...spare];
}
