import { Injectable } from '@nestjs/common';
import { findMentions, type Mentionable } from '#tickets';
import type { MentionFrame } from '#contract';
import type { ReadablePerson } from '../../../auth/access.js';
import type { Actor } from '../../../auth/actor.js';
import type { Transaction } from '../../../database/database.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { invalid } from '../../../platform/errors/api-error.js';
import { Followers } from './followers.service.js';

/** A note as it was stored. */
export interface WrittenNote {
  conversationId: string;
  seq: number;
  ticketId: string | null;
  body: string;
}

/** One agent named in it. */
interface Mention extends WrittenNote {
  ticketId: string;
  agentId: string;
  name: string;
}

const shownLength = 200;

/** Agents whom a note names by `@` and their name: they are told at once, and follow its ticket from then on. */
@Injectable()
export class NoteMentions {
  constructor(
    private readonly followers: Followers,
    private readonly live: LiveFeed,
  ) {}

  /** Throws where somebody is named who may not read the ticket: a writer who believes them told would wait in vain. */
  async tell(tx: Transaction, actor: Actor, person: ReadablePerson, note: WrittenNote): Promise<void> {
    if (!note.body.includes('@')) {
      return;
    }
    const agents = await tx.query<Mentionable & Record<string, unknown>>(
      'select id, name from agent where disabled_at is null',
    );
    const named = findMentions(note.body, agents).filter((id) => id !== actor.id);
    const ticketId = named.length === 0 ? null : (note.ticketId ?? (await latestTicket(tx, person)));
    if (ticketId === null) {
      return;
    }
    for (const agentId of named) {
      const name = agents.find(({ id }) => id === agentId)?.name ?? '';
      await this.mention(tx, actor, person, { ...note, ticketId, agentId, name });
    }
  }

  private async mention(tx: Transaction, actor: Actor, person: ReadablePerson, note: Mention): Promise<void> {
    const { agentId, ticketId } = note;
    if (!(await this.followers.mayRead(tx, agentId, ticketId))) {
      throw invalid(
        'body',
        `${note.name} may not read this ticket. Leave their name out, or ask somebody else.`,
        'may_not_read',
      );
    }
    await tx.query(
      `insert into ticket_mention (agent_id, ticket_id, conversation_id, seq, by_id) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [agentId, ticketId, note.conversationId, note.seq, actor.id],
    );
    await this.followers.follow(tx, { ticketId, agentId, follows: true, by: actor.id, why: 'mentioned' });
    const frame = await frameOf(tx, actor, person, note);
    tx.afterCommit(() => this.live.toAgents([`agent:${agentId}`], 'agent.mentioned', frame));
  }
}

/** A note on nothing that is open is about what they worked on last. */
async function latestTicket(tx: Transaction, { parts }: ReadablePerson): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    'select id from ticket where conversation_id = any ($1::uuid[]) order by last_message_at desc limit 1',
    [parts.map(({ id }) => id)],
  );
  return row?.id ?? null;
}

async function frameOf(
  tx: Transaction,
  actor: Actor,
  person: ReadablePerson,
  { ticketId, body }: Mention,
): Promise<MentionFrame> {
  const [row] = await tx.query<{ number: number; prefix: string; by: string }>(
    'select t.number, t.prefix, a.name as by from ticket t, agent a where t.id = $1 and a.id = $2',
    [ticketId, actor.id],
  );
  const { number, prefix, by } = row as { number: number; prefix: string; by: string };
  return {
    conversation: person.conversationId,
    ticketId,
    number,
    prefix,
    text: body.slice(0, shownLength),
    by: { id: actor.id, name: by },
  };
}
