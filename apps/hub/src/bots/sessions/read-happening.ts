import { readWireId, type BotHappening, type ScriptChannel } from '#bots';
import type { ChannelKind } from '#channels';
import type { HeardMessage } from './bot-session.query.js';

/** What a kind of channel is to a script. An organisation's own channel is written to like a chat. */
export function scriptChannelOf(kind: ChannelKind): ScriptChannel {
  return kind === 'phone' ? 'voice' : kind === 'messages' ? 'web' : kind;
}

/** The eight letters by which choices on the wire name a session. The beginning of an id is when it was made, and is not its own. */
export function shortName(sessionId: string): string {
  return sessionId.replaceAll('-', '').slice(-8);
}

/** No menu was shown in this turn: a choice of it is of an old one. */
const noTurn = 0;

/**
 * What a customer's message is to the script that holds the conversation. Mails are heard without what they repeat and without their
 * signature. A button of another session is one of an old menu. Keys on a phone are no words.
 */
export function readHappening(sessionId: string, message: Omit<HeardMessage, 'id'>): BotHappening {
  const { kind, content, files } = message;
  if (kind === 'keys' && message.channelKind === 'phone') {
    return { kind: 'digits', digits: message.body };
  }
  const pressed = kind === 'keys' && content.choice ? readWireId(content.choice.id) : null;
  if (pressed) {
    const turn = pressed.session === shortName(sessionId) ? pressed.turn : noTurn;
    return { kind: 'choice', turn, option: pressed.option };
  }
  const text = ownWords(message).trim();
  return text === '' && files[0] !== undefined ? { kind: 'file', mediaType: files[0] } : { kind: 'text', text };
}

function ownWords({ body, content }: Pick<HeardMessage, 'body' | 'content'>): string {
  return (content.hidden ?? []).toReversed().reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), body);
}
