import { Injectable } from '@nestjs/common';
import { capabilitiesFor, type ChannelKind, type Choice, type Sql } from '#channels';
import type { OutreachText, OutreachWhy } from '#contract';
import { Unsubscribes } from '../../../delivery/unsubscribes.service.js';
import { readFacts } from '../../../desk/canned-replies/reply-values.query.js';
import { compile, renderTemplate } from '../../../desk/canned-replies/reply-template.js';
import { ChannelDirectory } from '../../../settings/channel-directory.service.js';
import { stopChoice, withWayOut, type Language } from '../deciding/outreach-words.js';
import { listOf, type KnownWay } from '../deciding/person-facts.query.js';
import type { RunningOutreach } from './outreach-rows.query.js';

/** What one person gets by one way, or why they get nothing. */
export type PersonText =
  | { outcome: 'written'; subject: string; body: string; choices: Choice[]; stopAt: string | null; language: Language }
  | { outcome: 'skip'; why: OutreachWhy; details: string[] };

type Texts = Pick<RunningOutreach, 'id' | 'purpose' | 'consent' | 'texts'>;

/** A mail without a subject looks like a mistake; of other channels it is never read. */
const isWritten = (text: OutreachText | undefined, kind: ChannelKind): text is OutreachText =>
  text !== undefined && text.body.trim() !== '' && (kind !== 'email' || text.subject.trim() !== '');

/** Writes the text of an outreach for one person: in their language, with what stands for its variables, and with a way out. */
@Injectable()
export class OutreachTexts {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly unsubscribes: Unsubscribes,
  ) {}

  async write(sql: Sql, outreach: Texts, way: KnownWay): Promise<PersonText> {
    const place = {
      conversationId: way.conversationId,
      ticketId: null,
      channelId: way.channelId,
      actorId: null,
      serves: null,
    };
    const facts = await readFacts(sql, place, null);
    const language = facts && this.languageFor(outreach, facts.reader.locale, way.kind);
    const text = language && outreach.texts[language];
    if (!facts || !text) {
      return { outcome: 'skip', why: 'no_text', details: [] };
    }
    const reader = { ...facts.reader, locale: language };
    const body = renderTemplate(compile(text.body), facts.values, reader);
    const subject = renderTemplate(compile(text.subject), facts.values, reader);
    const missing = [...new Set([...(way.kind === 'email' ? subject.missing : []), ...body.missing])];
    if (missing.length > 0) {
      return { outcome: 'skip', why: 'missing_variable', details: missing };
    }
    return {
      outcome: 'written',
      language,
      subject: subject.text.trim(),
      ...this.finish(outreach, way, language, body.text),
    };
  }

  /** Whether a way can carry what must stand under a text: nobody is written to who could not say that they want no more. */
  canLeave(
    { purpose, consent }: Pick<Texts, 'purpose' | 'consent'>,
    way: Pick<KnownWay, 'kind' | 'channelId' | 'address'>,
  ): boolean {
    return way.kind !== 'email' || consent === 'service' || this.linkFor(purpose, way) !== null;
  }

  private languageFor({ texts }: Texts, locale: Language, kind: ChannelKind): Language | null {
    const other = locale === 'fa' ? 'en' : 'fa';
    return isWritten(texts[locale], kind) ? locale : isWritten(texts[other], kind) ? other : null;
  }

  private finish(
    { id, purpose }: Texts,
    way: KnownWay,
    language: Language,
    text: string,
  ): { body: string; choices: Choice[]; stopAt: string | null } {
    const channel = this.channels.find(way.channelId);
    const hasButtons = channel !== null && capabilitiesFor(channel.adapter, channel.account).choices !== undefined;
    const stopAt = way.kind === 'email' ? this.linkFor(purpose, way) : null;
    const choiceId = hasButtons ? stopChoice(id) : null;
    return { ...withWayOut(language, text, { kind: way.kind, link: stopAt, choiceId }), stopAt };
  }

  private linkFor(
    purpose: Texts['purpose'],
    { channelId, address }: Pick<KnownWay, 'channelId' | 'address'>,
  ): string | null {
    return this.unsubscribes.urlFor({ channelId, list: listOf(purpose), address });
  }
}
