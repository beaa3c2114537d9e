import { Injectable } from '@nestjs/common';
import type { NoticeAlert, NoticeSubject, NoticeView } from '#contract';
import { GuardedAccess, isWithheld, type ReadablePerson } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import type { NoticeRow } from './notice-rows.query.js';

const shownLength = 200;

/** Makes notices fit to be told: with the rights that their agent has now, not those of the moment when they were written. */
@Injectable()
export class NoticeReader {
  constructor(
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
  ) {}

  async present(actor: Actor, rows: readonly NoticeRow[]): Promise<NoticeView[]> {
    const wanted = [...new Set(rows.flatMap((row) => row.conversation_id ?? []))];
    const found = wanted.length === 0 ? [] : await this.access.listPersons(actor, wanted);
    const people = new Map(found.map(({ wanted: id, person }) => [id, person]));
    return rows.map((row) => this.presentOne(row, people.get(row.conversation_id ?? '')));
  }

  private presentOne(row: NoticeRow, person: ReadablePerson | undefined): NoticeView {
    return {
      id: row.id,
      kind: row.kind,
      at: row.at.toISOString(),
      isRead: row.read_at !== null,
      about: person ? this.subjectOf(row, person) : null,
      promise: row.kind === 'promise' ? (row.detail as unknown as NonNullable<NoticeView['promise']>) : null,
      failure: row.kind === 'failed' ? (row.detail['state'] as NonNullable<NoticeView['failure']>) : null,
      alert: row.kind === 'alert' ? alertOf(row) : null,
    };
  }

  private subjectOf(row: NoticeRow, person: ReadablePerson): NoticeSubject {
    const channel = row.channel_id === null ? null : this.channels.nameOf(row.channel_id);
    return {
      conversation: person.conversationId,
      customer: { id: person.customerId, name: person.name },
      ...besideOf(row),
      channelKind: channel?.kind ?? null,
      text: wordsOf(row, person),
    };
  }
}

function alertOf({ detail, alert_queue: queue }: NoticeRow): NoticeAlert {
  const { measure, limit, value } = detail as unknown as NoticeAlert;
  return { queue, measure, limit, value };
}

/** What stands beside the person, where there is such a thing. */
function besideOf(row: NoticeRow): Pick<NoticeSubject, 'ticket' | 'message' | 'by'> {
  const { ticket_id: ticketId, message_id: messageId, by_id: byId } = row;
  return {
    ticket: ticketId === null ? null : { id: ticketId, number: row.number as number, prefix: row.prefix as string },
    message: messageId === null ? null : { id: messageId, at: (row.message_at as Date).toISOString() },
    by: byId === null ? null : { id: byId, name: row.by_name as string },
  };
}

/** How it begins, unless it is kept from them. */
function wordsOf(row: NoticeRow, person: ReadablePerson): string {
  const said = row.body === null || row.body === '' ? row.subject : row.body;
  return isWithheld(row, person) ? '' : (said ?? '').slice(0, shownLength);
}
