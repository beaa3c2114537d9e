import { Injectable } from '@nestjs/common';
import { matchKey, storableText } from '#channels';
import type { MessageView } from '#contract';
import { failpoint } from '#failpoint';
import { assign } from '#tickets';
import type { ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { TicketTelling } from '../../automation/ticket-telling.service.js';
import type { Transaction } from '../../database/database.js';
import { Outgoing } from '../../delivery/outgoing.service.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { refuseUnfilled } from '../canned-replies/refuse-unfilled.js';
import { PersonWork } from '../person-work.service.js';
import { AfterSend } from './after-send.service.js';
import { MessageReader } from './message-reader.service.js';
import type { NewMessageDto } from './messages.dto.js';
import { ReplyPlanner, type ReplyPlan } from './reply-planner.service.js';
import { bindFiles, insertMessage, messageValues, type NewMessage } from './write-message.query.js';

/** Writes what agents say. A reply is its message and its delivery in one transaction, or nothing. */
@Injectable()
export class MessageWriter {
  constructor(
    private readonly people: PersonWork,
    private readonly planner: ReplyPlanner,
    private readonly reader: MessageReader,
    private readonly telling: TicketTelling,
    private readonly outgoing: Outgoing,
    private readonly after: AfterSend,
  ) {}

  /**
   * `takesWork`: an unowned ticket becomes that of whoever answers it. `first` is done in the same transaction, before anything is
   * written: where it throws, nothing is.
   */
  async write(
    actor: Actor,
    conversationId: string,
    message: NewMessageDto,
    { takesWork = true, first }: { takesWork?: boolean; first?: (tx: Transaction) => Promise<void> } = {},
  ): Promise<MessageView> {
    refuseEmpty(message);
    await this.people.run(actor, conversationId, async (tx, person) => {
      await first?.(tx);
      if (!(await this.isRepeat(tx, actor, message.id))) {
        await (message.kind === 'note'
          ? this.note(tx, actor, person, message)
          : this.reply(tx, actor, person, message, takesWork));
      }
    });
    failpoint('reply.after-commit');
    return this.reader.get(message.id);
  }

  /** Throws what writing it would throw, and writes nothing. */
  async check(actor: Actor, conversationId: string, message: NewMessageDto): Promise<void> {
    refuseEmpty(message);
    try {
      await this.people.run(actor, conversationId, async (tx, person) => {
        if (!(await this.isRepeat(tx, actor, message.id))) {
          const { ticketId } = await this.planReply(tx, actor, person, message);
          if (message.afterwards && ticketId !== null) {
            await this.after.apply(tx, actor, ticketId, message.afterwards);
          }
        }
        throw new NothingWritten();
      });
    } catch (error) {
      if (!(error instanceof NothingWritten)) {
        throw error;
      }
    }
  }

  /** The same id again is the same message. One that somebody else wrote is not shown to whoever guesses its id. */
  private async isRepeat(tx: Transaction, actor: Actor, id: string): Promise<boolean> {
    const [known] = await tx.query<{ author_id: string | null }>('select author_id from message where id = $1', [id]);
    if (known && known.author_id !== actor.id) {
      throw conflict('id_taken', 'This message id is in use.', 'id');
    }
    return known !== undefined;
  }

  private async note(tx: Transaction, actor: Actor, person: ReadablePerson, message: NewMessageDto): Promise<void> {
    const ticketId = await this.planner.findTicket(tx, person, message.ticketId ?? null);
    const seq = await this.insert(tx, person, message, {
      ...blank(message, actor),
      conversationId: person.conversationId,
      ticketId,
      direction: 'internal',
      kind: 'note',
    });
    await this.after.tellNamed(tx, actor, person, { ...person, seq, ticketId, body: message.body });
  }

  private async reply(
    tx: Transaction,
    actor: Actor,
    person: ReadablePerson,
    message: NewMessageDto,
    takesWork: boolean,
  ): Promise<void> {
    const plan = await this.planReply(tx, actor, person, message);
    const named = takesWork ? null : plan.ticketId;
    const ticketId = named ?? (await this.ticketOf(tx, actor, person, plan));
    const { threadId, mailId, content } = plan.mail ?? { threadId: null, mailId: null, content: {} };
    const seq = await this.insert(tx, person, message, {
      ...blank(message, actor),
      conversationId: plan.conversationId,
      channelId: plan.channel.id,
      threadId,
      identityId: plan.identity.id,
      mailId,
      ticketId,
      content,
      delivery: plan.channel.adapter.send ? 'queued' : 'sent',
    });
    await tx.query(
      `update ticket set last_message_at = clock_timestamp(), waiting_since = null, state = case when state = 'new' then 'open' else state end where id = $1`,
      [ticketId],
    );
    if (plan.channel.adapter.send) {
      await this.outgoing.enqueue(tx, {
        conversationId: plan.conversationId,
        seq,
        channelId: plan.channel.id,
        threadId,
        address: plan.identity.address,
        mailId,
      });
    }
    if (message.afterwards) {
      await this.after.apply(tx, actor, ticketId, message.afterwards);
    }
    failpoint('reply.before-commit');
  }

  private async planReply(
    tx: Transaction,
    actor: Actor,
    person: ReadablePerson,
    message: NewMessageDto,
  ): Promise<ReplyPlan> {
    refuseUnfilled(message.body);
    await refuseAnswered(tx, actor, person, message.seen);
    return this.planner.plan(tx, person, message);
  }

  /** Whoever answers takes the work: an unowned ticket becomes theirs, and where nothing is open a ticket is opened for it. */
  private async ticketOf(tx: Transaction, actor: Actor, person: ReadablePerson, plan: ReplyPlan): Promise<string> {
    const ticketId = plan.ticketId ?? (await this.planner.openTicket(tx, plan));
    const [{ owner_id: owner } = { owner_id: null }] = await tx.query<{ owner_id: string | null }>(
      'select owner_id from ticket where id = $1',
      [ticketId],
    );
    if (owner === null) {
      const result = await assign(tx, {
        ticketId,
        agentId: actor.id,
        expectedOwnerId: null,
        by: actor.id,
        withinCapacity: false,
        endReason: 'transferred',
      });
      if (result.outcome === 'assigned') {
        await this.telling.assigned(tx, result.ticket, actor.id, actor.id);
      }
    }
    return ticketId;
  }

  private async insert(
    tx: Transaction,
    person: ReadablePerson,
    message: NewMessageDto,
    row: NewMessage,
  ): Promise<number> {
    const [stored] = await tx.query<{ seq: number }>(insertMessage, messageValues(row));
    const { seq } = stored as { seq: number };
    const wanted = [...new Set(message.attachmentIds ?? [])];
    if (wanted.length > 0) {
      const bound = await tx.query(bindFiles, [wanted, row.conversationId, seq, person.parts.map(({ id }) => id)]);
      if (bound.length !== wanted.length) {
        throw invalid('attachmentIds', 'A file is gone or belongs to something else. Attach it again.');
      }
    }
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ($1, $2, $3, $4, jsonb_build_object('seq', $5::bigint))`,
      [row.kind === 'note' ? 'note.written' : 'message.sent', row.conversationId, row.id, row.authorId, seq],
    );
    return seq;
  }
}

/** Undoes what a check has done. */
class NothingWritten extends Error {}

function refuseEmpty({ kind, body, attachmentIds, afterwards }: NewMessageDto): void {
  if (body.trim() === '' && !attachmentIds?.length) {
    throw invalid('body', 'Write something, or attach a file.');
  }
  if (kind === 'note' && afterwards) {
    throw invalid('afterwards', 'Only a reply changes its ticket as it leaves.');
  }
}

/** Parameters: the person's conversations, the writer, the message they had seen. */
const answeredSince = `
select a.name from message m join agent a on a.id = m.author_id
where m.conversation_id = any ($1::uuid[]) and m.direction = 'out' and m.author = 'agent' and m.author_id <> $2
  and (m.at, m.id) > (select s.at, s.id from message s where s.id = $3 and s.conversation_id = any ($1::uuid[]))
order by m.at desc, m.id desc limit 1`;

/** Two answers to one question are worse than one that comes a moment later. */
async function refuseAnswered(
  tx: Transaction,
  actor: Actor,
  { parts }: ReadablePerson,
  seen: string | undefined,
): Promise<void> {
  const values = [parts.map(({ id }) => id), actor.id, seen];
  const [answer] = seen === undefined ? [] : await tx.query<{ name: string }>(answeredSince, values);
  if (answer) {
    throw conflict('answered_meanwhile', `Answered meanwhile by ${answer.name}.`);
  }
}

function blank(message: NewMessageDto, actor: Actor): NewMessage {
  const body = storableText(message.body);
  return {
    id: message.id,
    conversationId: '',
    channelId: null,
    threadId: null,
    identityId: null,
    mailId: null,
    ticketId: null,
    direction: 'out',
    author: 'agent',
    authorId: actor.id,
    kind: 'text',
    body,
    searchText: matchKey(body),
    content: {},
    sentAt: null,
    delivery: null,
  };
}
