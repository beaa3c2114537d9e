import { Injectable } from '@nestjs/common';
import type { HandoffSummary } from '#bots';
import { normalisePhone } from '#channels';
import type { Transaction } from '../../database/database.js';
import { Callbacks } from '../../waiting/callbacks.service.js';
import { BotTickets } from '../effects/bot-tickets.service.js';
import { HandOver } from '../effects/hand-over.service.js';
import { TalkSurveys } from '../effects/talk-surveys.service.js';
import { ScriptCatalogue } from '../scripts/script-catalogue.service.js';
import { botFact, type SessionRow } from './bot-session.query.js';
import type { Answered } from './bot-talk.service.js';
import type { LockedTalk } from './lock-talk.js';

const masked = '••••';

/** A call back, or a message left, that a script took in. */
interface Wish {
  turn: number;
  ordinal: number;
  kind: 'callback' | 'voicemail';
  payload: { queue: string | null; number?: string | null; text?: string | null; summary: HandoffSummary };
}

const wishesOf = `
select turn, ordinal, kind, payload from bot_effect
where session_id = $1 and kind in ('callback', 'voicemail') and state = 'ready' order by turn, ordinal for update`;

const wishDone = `
update bot_effect set state = 'done', ended_at = clock_timestamp() where session_id = $1 and turn = $2 and ordinal = $3`;

/** The number that the owner of an identity is known by for sure. Parameter: the identity. */
const phoneOf = `
select p.address from identity i join customer k on k.id = i.customer_id
join customer g on coalesce(g.merged_into, g.id) = coalesce(k.merged_into, k.id)
join identity p on p.customer_id = g.id and p.kind = 'phone' and p.retired_at is null and p.trust <> 'unauthenticated' and p.reachable = 'yes'
where i.id = $1 order by p.id = i.id desc, p.last_seen_at desc nulls last, p.id limit 1`;

/** What a session leaves behind: work that begins once nobody's bot speaks any more, and what was told in confidence forgotten. */
@Injectable()
export class BotEndings {
  constructor(
    private readonly tickets: BotTickets,
    private readonly handOver: HandOver,
    private readonly callbacks: Callbacks,
    private readonly catalogue: ScriptCatalogue,
    private readonly surveys: TalkSurveys,
  ) {}

  /** A script came to its end. The person is locked. */
  async end(tx: Transaction, { session, talk }: Pick<Answered, 'session' | 'talk'>): Promise<void> {
    const { id, conversationId, versionId, state } = session;
    await this.forget(tx, id);
    const fact = { versionId, outcome: state.outcome, turns: session.turn, ticketId: session.ticketId };
    await tx.query(botFact, ['bot.ended', conversationId, id, null, fact]);
    await this.grantAll(tx, { talk, session });
    await this.handOver.release(tx, session, state.outcome);
    await this.surveys.ask(tx, session);
  }

  /** What a script promised is kept, however it came to its end. @returns whether anything now waits for people. */
  async grantAll(tx: Transaction, { session, talk }: Pick<Answered, 'session' | 'talk'>): Promise<boolean> {
    const wishes = await tx.query<Wish & Record<string, unknown>>(wishesOf, [session.id]);
    for (const wish of wishes) {
      await this.grant(tx, talk, session, wish);
      await tx.query(wishDone, [session.id, wish.turn, wish.ordinal]);
    }
    return wishes.length > 0;
  }

  /**
   * A session cannot go on: what was said becomes work of people, if somebody waits for an answer. Without one, as after a long silence
   * of somebody who is not to be written to, it is only over.
   */
  async giveUp(
    tx: Transaction,
    { session, talk }: Pick<Answered, 'session' | 'talk'>,
    { reason, isAsked }: { reason: string; isAsked: boolean },
  ): Promise<void> {
    const { id, conversationId, versionId, state } = session;
    await this.forget(tx, id);
    await tx.query(
      `update bot_session set status = $2, ended_at = clock_timestamp(), wake_at = null, reason = $3,
         outcome = case when $2 = 'ended' then 'abandoned' end where id = $1`,
      [id, isAsked ? 'failed' : 'ended', reason],
    );
    const type = isAsked ? 'bot.failed' : 'bot.ended';
    await tx.query(botFact, [type, conversationId, id, null, { versionId, reason, node: state.node }]);
    const isGranted = await this.grantAll(tx, { talk, session });
    if (isGranted || session.ticketId !== null || !isAsked) {
      await this.handOver.release(tx, session, null);
      return;
    }
    const isOnLine = session.channel === 'voice';
    const ticketId = await this.tickets.openOrdinary(tx, { ...session, isOnLine }, null);
    const summary = summaryOf(session, await this.personalNames(tx, versionId));
    await this.handOver.summarise(tx, session, ticketId, { ...summary, reason: 'broken' });
  }

  /** Something that was to be answered became work of people because no script could even begin. */
  async tellFailed(tx: Transaction, conversationId: string, seq: number | null): Promise<void> {
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, payload)
       values ('bot.failed', $1, $1, jsonb_build_object('reason', 'broken', 'seq', $2::bigint))`,
      [conversationId, seq],
    );
  }

  /** Which variables a script calls personal; null where it cannot be read any more, so that all of them may be. */
  private async personalNames(tx: Transaction, versionId: string): Promise<ReadonlySet<string> | null> {
    const script = await this.catalogue.open(versionId, tx).catch(() => null);
    const specs = Object.entries(script?.vars ?? {});
    return script && new Set(specs.filter(([, { pii }]) => pii === true).map(([name]) => name));
  }

  private async forget(tx: Transaction, sessionId: string): Promise<void> {
    await tx.query(
      `update bot_session set state = jsonb_set(state, '{sealed}', '{}') where id = $1 and state -> 'sealed' <> '{}'`,
      [sessionId],
    );
  }

  private async grant(tx: Transaction, talk: LockedTalk, session: SessionRow, { kind, payload }: Wish): Promise<void> {
    const { queue, summary, text = null } = payload;
    const ticket = await this.handOver.ticketFor(tx, session, { queue, priority: null, tags: [], subject: text });
    if (!ticket) {
      return;
    }
    const workId = await this.tickets.queue(tx, ticket, session);
    await this.handOver.summarise(tx, session, ticket.id, summary);
    if (kind === 'callback') {
      const number = await this.numberOf(tx, session, payload.number ?? null);
      const { conversationId, channelId, identityId } = session;
      const asker = { workId, conversationId, channelId, identityId, customerId: talk.root };
      const rev = talk.before.find(({ id }) => id === conversationId)?.rev ?? 0;
      await this.callbacks.request(tx, asker, {
        way: number === null ? 'same' : 'call',
        address: number ?? '',
        rev,
      });
    }
  }

  private async numberOf(tx: Transaction, { identityId }: SessionRow, written: string | null): Promise<string | null> {
    const read = written === null ? null : normalisePhone(written, 'IR');
    const number = read?.kind === 'phone' ? read.e164 : null;
    const [known] = number === null ? await tx.query<{ address: string }>(phoneOf, [identityId]) : [];
    return number ?? known?.address ?? null;
  }
}

function summaryOf(
  { state, locale }: SessionRow,
  personal: ReadonlySet<string> | null,
): Omit<HandoffSummary, 'reason'> {
  const variables = Object.entries(state.vars)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name, value: personal?.has(name) === false ? value : masked }));
  return { locale, variables, path: state.path, misses: state.misses, note: '' };
}
