import { readFileSync } from 'node:fs';
import { diffRuns, diffTurns, readScript, replay, turnsOf, turnsOfPast, type PastLine, type TalkTurn } from '#bots';
import type { SoundScript } from './load-script.js';
import { readWorld } from './play-script.js';
import type { Found, ScriptOptions } from './script-command.js';

/**
 * Plays a conversation that was against a script and shows where it would have gone differently: than it went then, or than another
 * version of the script would have gone.
 */
export function replayTalk({ script, called }: SoundScript, options: ScriptOptions): Found {
  const { talk, before, channel, locale, world } = options;
  if (talk === null) {
    throw new Error('Name the conversation: --talk FILE, a JSON list of {at, who, text}.');
  }
  const lines = readTalk(readFileSync(talk, 'utf8'));
  const place = {
    channel: channel ?? script.channels[0] ?? 'web',
    locale: locale ?? script.default_locale,
    world: { ...readWorld(world), scripts: called },
  };
  const run = replay(script, lines, place);
  const old = before === null ? null : readScript(readFileSync(before, 'utf8')).script;
  const differences =
    old === null ? diffTurns(turnsOfPast(lines), turnsOf(run)) : diffRuns(replay(old, lines, place), run);
  const told = differences.flatMap(({ input, before: was, after: is }) => [
    `at “${input}”`,
    ...linesOf('-', was),
    ...linesOf('+', is),
  ]);
  const result = differences.length === 0 ? ['Nothing would have gone differently.'] : told;
  return { passed: true, text: `${result.join('\n')}\n`, json: { differences } };
}

function linesOf(sign: string, turn: TalkTurn | null): string[] {
  return turn === null ? [`  ${sign} (nothing)`] : turn.says.map((line) => `  ${sign} ${line.replaceAll('\n', ' / ')}`);
}

function readTalk(text: string): PastLine[] {
  const lines: unknown = JSON.parse(text);
  if (!Array.isArray(lines) || !lines.every(isLine)) {
    throw new Error('A conversation is a JSON list of {at: milliseconds, who: customer, bot or agent, text}.');
  }
  return lines;
}

function isLine(line: unknown): line is PastLine {
  return (
    typeof line === 'object' &&
    line !== null &&
    'at' in line &&
    typeof line.at === 'number' &&
    'text' in line &&
    typeof line.text === 'string' &&
    'who' in line &&
    ['customer', 'bot', 'agent'].includes(String(line.who))
  );
}
