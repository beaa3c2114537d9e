import { ChannelError, type Sent } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import type { BotApiClient } from './bot-api-client.js';
import { messageKey } from './message-key.js';
import { asDocument, planSend, type SendCall, type SendingBot } from './plan-send.js';

/** Where and how one message is sent. `inTime` gives each call its own limit. */
export interface SendingWay extends SendingBot {
  client: BotApiClient;
  inTime: () => AbortSignal;
}

/** Sends what is left of a message, part by part. Throws ChannelError; `left` says how much of it is out. */
export async function sendMessage(message: OutboundMessage, way: SendingWay): Promise<Sent> {
  const calls = await planSend(message, way);
  const before = Math.min(message.sentParts ?? 0, calls.length);
  const keys: string[] = [];
  for (const call of calls.slice(before)) {
    try {
      keys.push(await sendOne(call, way));
    } catch (error) {
      throw afterSome(error, { message, keys, before, all: calls.length });
    }
  }
  return { providerId: nameOf(message, keys, before), state: 'sent', parts: keys.length };
}

/** A message goes by its first part, or by the one that carries its buttons: presses name that. Null where that left before. */
function nameOf({ choices = [] }: OutboundMessage, keys: string[], before: number): string | null {
  if (choices.length > 0) {
    return keys.at(-1) ?? null;
  }
  return before > 0 ? null : (keys[0] ?? null);
}

interface Progress {
  message: OutboundMessage;
  keys: string[];
  before: number;
  all: number;
}

/** What was refused cleanly may go on where it stopped. After anything else a repeat could double what arrived: a person decides. */
function afterSome(error: unknown, { message, keys, before, all }: Progress): unknown {
  const parts = before + keys.length;
  if (parts === 0 || !(error instanceof ChannelError)) {
    return error;
  }
  if (!error.doubtful && error.retry !== 'never') {
    const { retry, retryAfterMs } = error;
    const providerId = nameOf({ ...message, choices: [] }, keys, before);
    return new ChannelError(error.code, error.message, { retry, retryAfterMs, left: { parts, providerId } });
  }
  const words = `Only ${String(parts)} of ${String(all)} parts left: ${error.message}`;
  return new ChannelError('partly_sent', words, { retry: 'never', doubtful: true });
}

/**
 * One call, said another way where Telegram refuses the first for its form: a picture of unusual proportions goes as a document, a text
 * whose marks cannot be read goes without them, and a group that became another chat is followed. Nothing has left when it refuses.
 */
async function sendOne(call: SendCall, way: SendingWay): Promise<string> {
  try {
    const how = { purpose: 'send' as const, signal: way.inTime() };
    return keyOf(await way.client.call(call.method, { ...call.payload }, how), call, way.bot);
  } catch (error) {
    const other = error instanceof ChannelError ? otherWay(call, error) : null;
    if (other === null) {
      throw error;
    }
    return sendOne(other, way);
  }
}

function otherWay(call: SendCall, { code, message, movedTo }: ChannelError & { movedTo?: number }): SendCall | null {
  if (code === 'bad_format' && call.plain !== null) {
    return { ...call, payload: call.plain, plain: null };
  }
  if (movedTo !== undefined && call.payload['chat_id'] !== movedTo) {
    return { ...call, payload: { ...call.payload, chat_id: movedTo } };
  }
  return (code === 'refused' || code === 'too_large') && /photo|image/i.test(message) ? asDocument(call) : null;
}

/** The chat is the one that was asked for: a group that moved is still known by the number that we have. */
function keyOf(result: unknown, { payload }: SendCall, bot: string): string {
  const id = typeof result === 'object' && result !== null && 'message_id' in result ? result.message_id : null;
  if (typeof id !== 'number') {
    throw new ChannelError('unreadable_answer', 'Telegram’s answer names no message.', {
      retry: 'never',
      doubtful: true,
    });
  }
  return messageKey(bot, payload['chat_id'] as number, id);
}
