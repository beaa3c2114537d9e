import { Injectable } from '@nestjs/common';
import type { DraftFrame, DraftView } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { invalid } from '../../platform/errors/api-error.js';

const mostCharacters = 200_000;
/** More than anybody has begun; the oldest beyond it are not told. */
const mostDrafts = 500;

interface DraftRow {
  conversation_id: string;
  kind: 'text' | 'note';
  content: Record<string, unknown>;
  changed_at: Date;
}

/** Where a draft belongs by now: a person who was merged is known by the root's conversation. */
const ownDrafts = `
select top.id as conversation_id, d.kind, d.content, d.changed_at
from draft d join conversation c on c.id = d.conversation_id join customer k on k.id = c.customer_id
join conversation top on top.customer_id = coalesce(k.merged_into, k.id)
where d.agent_id = $1 order by d.changed_at desc limit ${String(mostDrafts)}`;

/** Parameters: agent, conversation, kind, content, conversations whose drafts it holds as well. */
const keepDraft = `
with held as (delete from draft where agent_id = $1 and conversation_id = any ($5::uuid[]) and kind = $3)
insert into draft as d (agent_id, conversation_id, kind, content) values ($1, $2, $3, $4)
on conflict (agent_id, conversation_id, kind) do update set content = excluded.content, changed_at = clock_timestamp()`;

/** Of the whole person: a merge may have brought two together. Parameters: agent, the person's conversations, kind. */
const dropDrafts = 'delete from draft where agent_id = $1 and conversation_id = any ($2::uuid[]) and kind = $3';

/** What agents have begun to write. It is theirs alone, and told to nobody but their other windows. */
@Injectable()
export class Drafts {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly live: LiveFeed,
  ) {}

  async list(actor: Actor): Promise<DraftView[]> {
    const rows = await this.database.query<DraftRow & Record<string, unknown>>(ownDrafts, [actor.id]);
    return rows.map(({ conversation_id: conversationId, kind, content, changed_at: at }) => ({
      conversationId,
      kind,
      content,
      changedAt: at.toISOString(),
    }));
  }

  /** Throws notFound for a person that the actor may not read. */
  async keep(
    actor: Actor,
    { content, ...frame }: DraftFrame & { content: Record<string, unknown> },
    joined: boolean,
  ): Promise<void> {
    const text = JSON.stringify(content);
    if (text.length > mostCharacters) {
      throw invalid('content', 'This draft is too long to be kept.');
    }
    const { parts } = await this.access.getPerson(actor, frame.conversationId);
    const others = joined ? parts.map(({ id }) => id).filter((id) => id !== frame.conversationId) : [];
    await this.database.query(keepDraft, [actor.id, frame.conversationId, frame.kind, text, others]);
    this.tell(actor, { ...frame, content });
  }

  async drop(actor: Actor, frame: Omit<DraftFrame, 'content'>): Promise<void> {
    const { parts } = await this.access.getPerson(actor, frame.conversationId);
    await this.database.query(dropDrafts, [actor.id, parts.map(({ id }) => id), frame.kind]);
    this.tell(actor, { ...frame, content: null });
  }

  private tell({ id }: Actor, frame: DraftFrame): void {
    this.live.toAgents([`agent:${id}`], 'draft.changed', frame);
  }
}
