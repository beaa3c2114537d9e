import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { NoticeView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { NoticeReader } from '../notice-reader.service.js';
import { noticeById, type NoticeRow } from '../notice-rows.query.js';
import type { ClaimedPush } from './push-due.query.js';
import { sayNotice } from './push-words.js';

const hour = 3_600;

/** What is posted to a push service, before it is encrypted. */
export interface Push {
  payload: string;
  /** Seconds for which it is kept for a browser that is off. */
  ttl: number;
  urgency: 'normal' | 'high';
  /** What comes later under the same one takes its place. Says nothing about whom it names. */
  topic: string;
}

/** Work that nobody sees is not worth a word a day later. */
const ttls: Record<NoticeView['kind'], number> = {
  assigned: 2 * hour,
  promise: 2 * hour,
  mention: 24 * hour,
  reply: 12 * hour,
  failed: 24 * hour,
};

/** Writes what a browser is woken with, by the rights that its agent has at this moment. */
@Injectable()
export class PushPayloads {
  constructor(
    private readonly database: Database,
    private readonly reader: NoticeReader,
  ) {}

  /** Null: there is nothing that they may be told. */
  async compose(claimed: ClaimedPush): Promise<Push | null> {
    const rows = await this.database.query<NoticeRow & Record<string, unknown>>(noticeById, [claimed.notice_id]);
    const [notice] = await this.reader.present(actorOf(claimed), rows);
    const said = notice && sayNotice(notice, claimed.locale, claimed.with_text);
    if (!said || !notice.about) {
      return null;
    }
    const { conversation, ticket, message } = notice.about;
    const place = new URLSearchParams({
      ...(ticket && { ticket: ticket.id }),
      ...(message && { message: message.id }),
    });
    const query = place.size > 0 ? `?${place.toString()}` : '';
    return {
      payload: JSON.stringify({
        ...said,
        tag: conversation,
        url: `/inbox/mine/${conversation}${query}`,
        notice: notice.id,
        locale: claimed.locale,
      }),
      ttl: ttls[notice.kind],
      urgency: notice.kind === 'failed' || notice.kind === 'reply' ? 'normal' : 'high',
      topic: createHash('sha256').update(`peyk topic ${conversation}`).digest('base64url').slice(0, 32),
    };
  }
}

function actorOf({ agent_id: id, role }: ClaimedPush): Actor {
  return { kind: 'agent', id, role, sessionId: null, apiKeyId: null, scopes: null };
}
