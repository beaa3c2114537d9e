import type { BotEvent, BotHappening } from './types/bot-event.js';
import type { BotState } from './types/bot-state.js';
import { locales, scriptChannels } from '../script/terms.js';

type Fields = Record<string, unknown>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const parts: { [Kind in BotHappening['kind']]: (event: Fields) => boolean } = {
  start: () => true,
  text: ({ text }) => isText(text),
  choice: ({ turn, option }) => isCount(turn) && isText(option),
  digits: ({ digits }) => isText(digits),
  file: ({ mediaType }) => isText(mediaType),
  silence: () => true,
  result: ({ effect, ok, error }) => isText(effect) && (ok === true || (ok === false && isText(error))),
  resume: () => true,
  hangup: () => true,
};

/** Whether a value has the shape of an event: what comes over a wire is not believed. */
export function isBotEvent(value: unknown): value is BotEvent {
  if (!isRecord(value) || !Number.isFinite(value['at']) || !isText(value['kind'])) {
    return false;
  }
  return Object.hasOwn(parts, value['kind']) && parts[value['kind'] as BotHappening['kind']](value);
}

const records = ['vars', 'sealed', 'visits'];
const lists = ['stack', 'misses', 'path', 'heard'];
const statuses = new Set<unknown>(['active', 'waiting', 'handed_off', 'ended'] satisfies BotState['status'][]);

/** Whether a value is a state that this engine wrote, as far as a turn relies on it. */
export function isBotState(value: unknown): value is BotState {
  return (
    isRecord(value) &&
    value['format'] === 1 &&
    statuses.has(value['status']) &&
    scriptChannels.some((one) => one === value['channel']) &&
    locales.some((one) => one === value['locale']) &&
    isCount(value['turn']) &&
    records.every((name) => isRecord(value[name])) &&
    lists.every((name) => Array.isArray(value[name]))
  );
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
