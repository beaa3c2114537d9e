import type { Reader } from './reply-reader.js';
import { compile, renderTemplate, type RenderedReply } from './reply-template.js';
import type { ReplyFacts } from './reply-values.query.js';

export interface TextsOfReply {
  en?: string;
  fa?: string;
}

/** A reply as its customer gets it: in the language that was asked for, else in the one that it is written in. */
export interface WrittenReply extends RenderedReply {
  locale: 'en' | 'fa';
}

export function writeReply(texts: TextsOfReply, { values, reader }: ReplyFacts): WrittenReply {
  const other = reader.locale === 'fa' ? 'en' : 'fa';
  const locale = texts[reader.locale] ? reader.locale : other;
  const written: Reader = { ...reader, locale };
  return { ...renderTemplate(compile(texts[locale] ?? ''), values, written), locale };
}
