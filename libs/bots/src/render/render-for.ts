import type { BotSay } from '../engine/types/bot-say.js';
import type { ScriptChannel } from '../script/terms.js';
import { asMail, asSms, withButtons, withoutButtons } from './render-written.js';
import { asVoice } from './render-voice.js';
import type { Rendered, WrittenMessage } from './rendered.js';

export interface RenderOptions {
  /** The eight letters or digits that name the session in ids on the wire. */
  session: string;
  /** The chat has no buttons: a program of the organisation's own. */
  isPlain?: boolean;
}

type Writer = (say: BotSay, session: string) => WrittenMessage;

const writers: Record<Exclude<ScriptChannel, 'voice'>, Writer> = {
  web: withButtons,
  telegram: withButtons,
  sms: asSms,
  email: asMail,
};

/**
 * What a turn's words become on a channel: one message for each that says something, or one list of steps on the telephone.
 * A wordless stay (a pause, a queue's music) is nothing in writing.
 */
export function renderFor(
  channel: ScriptChannel,
  says: readonly BotSay[],
  { session, isPlain = false }: RenderOptions = { session: 'simulate' },
): Rendered[] {
  if (channel === 'voice') {
    const steps = asVoice(says);
    return steps.length === 0 ? [] : [{ kind: 'voice', steps }];
  }
  const write = isPlain && channel === 'web' ? withoutButtons : writers[channel];
  const written = says.filter(isWritten);
  return (isCostly(channel) ? joined(written) : written).map((say) => write(say, session));
}

/** Where each message costs, or is an answer of its own in somebody's inbox. */
function isCostly(channel: ScriptChannel): boolean {
  return channel === 'sms' || channel === 'email';
}

/** All that a turn says as one message, cut only behind a menu or a file. */
function joined(says: readonly BotSay[]): BotSay[] {
  const groups: BotSay[] = [];
  let isOpen = false;
  for (const say of says) {
    const last = groups.at(-1);
    if (isOpen && last !== undefined && (say.media === null || last.media === null)) {
      groups[groups.length - 1] = together(last, say);
    } else {
      groups.push(say);
    }
    isOpen = say.options.length === 0;
  }
  return groups;
}

function together(first: BotSay, second: BotSay): BotSay {
  const short =
    first.short === null && second.short === null
      ? null
      : linesOf(first.short ?? first.text, second.short ?? second.text);
  return { ...second, text: linesOf(first.text, second.text), short, media: first.media ?? second.media };
}

function linesOf(...texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

function isWritten({ text, options, media }: BotSay): boolean {
  return text !== '' || options.length > 0 || media !== null;
}
