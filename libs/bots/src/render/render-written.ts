import { countSegments } from '#channels';
import type { BotOption, BotSay } from '../engine/types/bot-say.js';
import { numberedBody } from './menu-keys.js';
import type { WrittenMessage } from './rendered.js';
import { wireId } from './wire-id.js';

/** The most that a button shows; the same on a page and in Telegram. */
const longestLabel = 64;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A message with buttons, for the chat of a site and for Telegram. */
export function withButtons(say: BotSay, session: string): WrittenMessage {
  return { kind: 'message', body: say.text, choices: choicesOf(say, session), media: say.media };
}

/** The same where nobody can press anything: the menu stands in the words, and an answer names a number of it. */
export function withoutButtons(say: BotSay, session: string): WrittenMessage {
  return { ...withButtons(say, session), body: numberedBody(say.text, say.options, say.locale) };
}

/** A message with its menu in its words; `smsParts` says what it costs. */
export function asSms(say: BotSay, session: string): WrittenMessage {
  const body = numberedBody(say.short ?? say.text, say.options, say.locale);
  const { segments } = countSegments(body);
  return { kind: 'message', body, choices: choicesOf(say, session), smsParts: segments, media: say.media };
}

/**
 * A mail with its options as links, in words and as a page. The hub puts the signed address where `{{choice:<wire id>}}` stands;
 * an answer by words works without.
 */
export function asMail(say: BotSay, session: string): WrittenMessage {
  const choices = choicesOf(say, session);
  const links = choices.map(({ id, label }) => `• ${label}: {{choice:${id}}}`);
  return {
    kind: 'message',
    body: [say.text, links.join('\n')].filter((part) => part !== '').join('\n\n'),
    choices,
    html: pageOf(say, choices),
    media: say.media,
  };
}

function pageOf(say: BotSay, choices: WrittenMessage['choices']): string {
  const direction = say.locale.startsWith('fa') ? 'rtl' : 'ltr';
  const open = `dir="${direction}" lang="${escaped(say.locale)}" style="unicode-bidi: plaintext"`;
  const paragraphs = say.text.split(/\n+/u).map((line) => `<p ${open}>${escaped(line)}</p>`);
  const links = choices.map(({ id, label }) => `<li><a href="{{choice:${id}}}">${escaped(label)}</a></li>`);
  const list = links.length === 0 ? '' : `<ul ${open}>${links.join('')}</ul>`;
  return `<div dir="${direction}">${paragraphs.join('')}${list}</div>`;
}

function choicesOf({ options, turn }: BotSay, session: string): WrittenMessage['choices'] {
  return options.map((option) => ({ id: wireId({ session, turn, option: option.id }), label: labelOf(option) }));
}

/** The label as a button can show it; cut between letters, never inside one. */
function labelOf({ label, id }: BotOption): string {
  const text = label.replace(/\s+/gu, ' ').trim() || id;
  if (text.length <= longestLabel) {
    return text;
  }
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length >= longestLabel) {
      break;
    }
    kept += segment;
  }
  return `${kept}…`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/gu, (letter) => entities[letter] ?? letter);
}
