import { matchKey } from '#channels';

/** A canned reply as far as the search looks at it: folded keys, and how often it was used. */
export interface RankedReply {
  shortKey: string;
  titleKey: string;
  textKey: string;
  used: number;
  /** It is not for this conversation. */
  isUnfit: boolean;
}

/** How well a reply fits what was typed; 0: not at all. A short name that begins so is what was meant. */
function fit({ shortKey, titleKey, textKey }: RankedReply, key: string): number {
  const glued = key.replaceAll(' ', '');
  if (shortKey === glued) {
    return 6;
  }
  if (shortKey.startsWith(glued)) {
    return 5;
  }
  const words = key.split(' ');
  if (beginWords(titleKey, words)) {
    return 4;
  }
  if (shortKey.includes(glued) || containsAll(`${titleKey} ${shortKey}`, words)) {
    return 3;
  }
  if (beginWords(textKey, words)) {
    return 2;
  }
  return containsAll(`${shortKey} ${titleKey} ${textKey}`, words) ? 1 : 0;
}

/**
 * Those that fit what was typed, the best first, and among equals the most used. `key` is typedKey of what was typed; with an empty
 * one all fit. Those that are not for this conversation come last.
 */
export function rankReplies<Reply extends RankedReply>(replies: readonly Reply[], key: string): Reply[] {
  return replies
    .map((reply) => ({ reply, fit: key === '' ? 1 : fit(reply, key) }))
    .filter((found) => found.fit > 0)
    .toSorted(
      (one, other) =>
        Number(one.reply.isUnfit) - Number(other.reply.isUnfit) ||
        other.fit - one.fit ||
        other.reply.used - one.reply.used ||
        (one.reply.shortKey < other.reply.shortKey ? -1 : 1),
    )
    .map(({ reply }) => reply);
}

function beginWords(text: string, words: string[]): boolean {
  const padded = ` ${text}`;
  return words.every((word) => padded.includes(` ${word}`));
}

function containsAll(text: string, words: string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** The key of what somebody typed. The ی that is written apart from its word (هزینه‌ی) says nothing of what is looked for. */
export function typedKey(typed: string): string {
  return matchKey(typed)
    .split(' ')
    .filter((word, place) => place === 0 || word !== 'ی')
    .join(' ');
}
