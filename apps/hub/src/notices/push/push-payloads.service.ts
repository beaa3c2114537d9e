import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { NoticeSubject, NoticeView } from '#contract';
import { absentActor } from '../../auth/read-actor.js';
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
  alert: hour,
  hand: hour,
  review: 24 * hour,
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
    const [notice] = await this.reader.present(absentActor(claimed.agent_id, claimed), rows);
    const said = notice && sayNotice(notice, claimed.locale, claimed.with_text);
    if (!said) {
      return null;
    }
    const { tag, url } = placeOf(notice);
    return {
      payload: JSON.stringify({
        ...said,
        tag,
        url,
        notice: notice.id,
        locale: claimed.locale,
      }),
      ttl: ttls[notice.kind],
      urgency: notice.kind === 'failed' || notice.kind === 'reply' ? 'normal' : 'high',
      topic: createHash('sha256').update(`peyk topic ${tag}`).digest('base64url').slice(0, 32),
    };
  }
}

/** Where a tap leads, and what later ones with the same tag take the place of. */
function placeOf({ about, alert, kind }: NoticeView): { tag: string; url: string } {
  if (about === null) {
    return { tag: `alert ${alert?.queue?.id ?? 'all'} ${alert?.measure ?? ''}`, url: '/monitor' };
  }
  const { conversation } = about;
  if (kind === 'review') {
    return { tag: 'review', url: '/quality/mine' };
  }
  return kind === 'hand'
    ? { tag: `hand ${conversation}`, url: `/watch/${conversation}` }
    : { tag: conversation, url: `/inbox/mine/${conversation}${queryOf(about)}` };
}

function queryOf({ ticket, message }: NoticeSubject): string {
  const place = new URLSearchParams({
    ...(ticket && { ticket: ticket.id }),
    ...(message && { message: message.id }),
  });
  return place.size > 0 ? `?${place.toString()}` : '';
}
