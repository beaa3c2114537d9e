import { builtInPromptNames, persianPromptNames, type Script } from '#bots';
import type { SoundScript } from './load-script.js';
import type { Found } from './script-command.js';

/** Every recording that a script needs on the phone: its own, and in Persian those of numbers, dates and the engine's sentences. */
export function listPrompts({ script, called }: SoundScript): Found {
  const scripts = [script, ...Object.values(called)];
  const isPersian = scripts.some(({ locales }) => locales.includes('fa'));
  const own = [...new Set(scripts.flatMap(recordingsIn))].sort();
  const shared = isPersian ? [...builtInPromptNames(), ...persianPromptNames()] : [];
  return { passed: true, text: [...own, ...shared, ''].join('\n'), json: { own, shared } };
}

function recordingsIn({ nodes }: Script): string[] {
  return Object.values(nodes).flatMap((node) => recordingsOf(node));
}

/** Audio stands in messages at several depths of a node: its own, its retries, its confirmation. */
function recordingsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { audio, ...rest } = value as { audio?: Record<string, string> };
  return [...Object.values(audio ?? {}), ...Object.values(rest).flatMap(recordingsOf)];
}
