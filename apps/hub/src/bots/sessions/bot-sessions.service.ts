import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { BotState, Script } from '#bots';
import type { BotSessionView } from '#contract';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { PersonWork } from '../../desk/person-work.service.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict } from '../../platform/errors/api-error.js';
import { HandOver } from '../effects/hand-over.service.js';
import { ScriptCatalogue } from '../scripts/script-catalogue.service.js';
import { botFact } from './bot-session.query.js';

interface LatestRow {
  id: string;
  conversationId: string;
  versionId: string;
  status: BotSessionView['status'];
  scriptId: string;
  scriptName: string;
  version: number;
  channel: string;
  locale: string;
  startedAt: Date;
  endedAt: Date | null;
  handedOffAt: Date | null;
  reason: string | null;
  outcome: BotSessionView['outcome'];
  turn: number;
  state: BotState;
  ticketId: string | null;
  /** Live work of the person that is not of the session's own ticket. */
  isHeldElsewhere: boolean;
  /** It talked on a call that has ended. */
  isLineOver: boolean;
  /** What was said is of a restricted queue that the reader does not serve. */
  isWithheld: boolean | null;
}

/** The latest session of a person. Parameters: their conversations, the queues that the reader serves. */
const latest = `
select s.id, s.conversation_id as "conversationId", s.version_id as "versionId", s.status, p.id as "scriptId", p.name as "scriptName", v.version,
       s.channel, s.locale, s.started_at as "startedAt", s.ended_at as "endedAt", s.handed_off_at as "handedOffAt", s.reason, s.outcome,
       s.turn, s.state, s.ticket_id as "ticketId",
       s.channel = 'voice' and not exists (
         select 1 from phone_call l where l.conversation_id = s.conversation_id and l.seq = s.first_seq and l.ended_at is null) as "isLineOver",
       q.restricted and q.id <> all ($2::uuid[]) as "isWithheld",
       exists (select 1 from ticket t join work_item w on w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')
               where t.conversation_id = any ($1::uuid[]) and t.id is distinct from s.ticket_id) as "isHeldElsewhere"
from bot_session s join script_version v on v.id = s.version_id join script p on p.id = v.script_id
left join ticket own on own.id = s.ticket_id left join channel ch on ch.id = s.channel_id left join queue q on q.id = coalesce(own.queue_id, ch.queue_id)
where s.conversation_id = any ($1::uuid[]) order by s.started_at desc, s.id desc limit 1`;

const masked = '•••';

/** What agents see of bots and do about them: read what one learned, and give a conversation back. */
@Injectable()
export class BotSessions {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly people: PersonWork,
    private readonly catalogue: ScriptCatalogue,
    private readonly handOver: HandOver,
    private readonly bus: EventBus,
  ) {}

  /** Throws notFound for a person whom the actor may not read. @returns null where no bot ever talked with them. */
  async latest(actor: Actor, conversationId: string): Promise<BotSessionView | null> {
    const person = await this.access.getPerson(actor, conversationId);
    const row = await readLatest(this.database, person);
    return row && this.present(row);
  }

  /**
   * The bot that people took over from speaks again: their work with the customer rests, and the script goes on where it says, or begins
   * anew. Throws conflict where there is none that could, or where other work with the customer is under way.
   */
  async returnToBot(actor: Actor, conversationId: string): Promise<BotSessionView> {
    const row = await this.people.run(actor, conversationId, (tx, person) => this.giveBack(tx, actor, person));
    return this.present({ ...row, isHeldElsewhere: true });
  }

  private async giveBack(tx: Transaction, actor: Actor, person: ReadablePerson): Promise<LatestRow> {
    const row = await readLatest(tx, person);
    if (!row || row.status !== 'handed_off') {
      throw conflict('no_bot', 'No bot talked with this customer before you, or it has ended.');
    }
    if (row.isLineOver) {
      throw conflict('line_over', 'The call is over: the bot has nobody to speak with.');
    }
    if (row.isHeldElsewhere) {
      throw conflict('work_elsewhere', 'Other work with this customer is under way. End or hand over that first.');
    }
    if (row.ticketId !== null) {
      await this.handOver.withdraw(tx, row.ticketId, actor.id);
    }
    await tx.query(`insert into bot_event (conversation_id, session_id, key, kind) values ($1, $2, $3, 'resume')`, [
      row.conversationId,
      row.id,
      `resume:${uuid()}`,
    ]);
    await tx.query(botFact, ['bot.returned', row.conversationId, row.id, actor.id, { versionId: row.versionId }]);
    await recordAct(tx, { actorId: actor.id, action: 'bot.returned', subject: row.id });
    this.bus.emitAfterCommit(tx, 'bot.asked', {});
    return row;
  }

  private async present(row: LatestRow): Promise<BotSessionView> {
    const { state } = row;
    const script = await this.catalogue.open(row.versionId);
    return {
      id: row.id,
      status: row.status,
      script: { id: row.scriptId, name: row.scriptName, version: row.version },
      channel: row.channel,
      locale: row.locale,
      startedAt: row.startedAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      handedOffAt: row.handedOffAt?.toISOString() ?? null,
      reason: row.reason ?? '',
      outcome: row.outcome,
      turns: row.turn,
      node: state.node ?? null,
      variables: variablesOf(state, script),
      path: state.path.map(({ node, at }) => ({ node, at: new Date(at).toISOString() })),
      misses: state.misses.map(({ node, text, at }) => ({ node, text, at: new Date(at).toISOString() })),
      mayReturn: row.status === 'handed_off' && !row.isHeldElsewhere && !row.isLineOver,
    };
  }
}

async function readLatest(
  sql: Pick<Database, 'query'> | Transaction,
  person: ReadablePerson,
): Promise<LatestRow | null> {
  const { serves } = person;
  const values = [person.parts.map(({ id }) => id), serves === 'all' ? [] : serves];
  const [row] = await sql.query<LatestRow & Record<string, unknown>>(latest, values);
  return row && (serves === 'all' || row.isWithheld !== true) ? row : null;
}

/** What a script calls personal is shown as being there. */
function variablesOf({ vars }: BotState, { vars: specs = {} }: Script): BotSessionView['variables'] {
  return Object.entries(vars)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ({ name, value: specs[name]?.pii === true ? masked : value }));
}
