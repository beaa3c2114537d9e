import { Injectable } from '@nestjs/common';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { readActor } from '../../auth/read-actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { SteeringNews } from './steering-news.service.js';
import { workOfPerson, type WorkRow } from './steering.query.js';

/** Parameters: id, conversation, agent, writer, words. */
const keepWhisper = `
insert into whisper (id, conversation_id, agent_id, by_id, words) values ($1, $2, $3, $4, $5) on conflict (id) do nothing returning id`;

/** A whisper that is sent again is the one that is there. Parameters: id, the person's conversations, writer, words. */
const knownWhisper =
  'select 1 from whisper where id = $1 and conversation_id = any ($2::uuid[]) and by_id = $3 and words = $4';

/** Parameters: the person's conversations, agent. */
const wasAddressed =
  'select 1 from whisper where conversation_id = any ($1::uuid[]) and agent_id = $2 and by_id <> agent_id limit 1';

const seeWhispers = `
update whisper set seen_at = clock_timestamp()
where conversation_id = any ($1::uuid[]) and agent_id = $2 and by_id <> agent_id and seen_at is null returning id`;

interface Words {
  /** The writer's own UUID for it: sending it again changes nothing. */
  id: string;
  words: string;
}

/** What supervisors and agents say to each other beside a conversation. Its words stand in `whisper` and pass through nothing else. */
@Injectable()
export class Whispers {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly news: SteeringNews,
  ) {}

  /** To an agent, or to the one who took the person's work last. */
  async send(actor: Actor, conversationId: string, whisper: Words & { agentId: string | null }): Promise<void> {
    const person = await this.access.getPerson(actor, conversationId);
    const agentId = await this.addresseeOf(person, whisper.agentId);
    if (agentId === actor.id) {
      throw conflict('whisper_to_self', 'This work is yours: there is nobody to whisper to.');
    }
    await this.keep(person, actor, { ...whisper, agentId });
  }

  /** To every supervisor who whispered to the agent here. */
  async answer(actor: Actor, conversationId: string, answer: Words): Promise<void> {
    const person = await this.access.getPerson(actor, conversationId);
    const [addressed] = await this.database.query(wasAddressed, [partsOf(person), actor.id]);
    if (!addressed) {
      throw conflict('no_whisper', 'Nobody has whispered to you here.');
    }
    await this.keep(person, actor, { ...answer, agentId: actor.id });
  }

  /** The agent saw what was whispered to them here; their answers imply it. */
  async see(actor: Actor, conversationId: string): Promise<void> {
    const person = await this.access.getPerson(actor, conversationId);
    await this.database.transaction(async (tx) => {
      const seen = await tx.query(seeWhispers, [partsOf(person), actor.id]);
      if (seen.length > 0) {
        await this.tell(tx, person, actor.id);
      }
    });
  }

  private async keep(person: ReadablePerson, actor: Actor, { id, words, agentId }: Kept): Promise<void> {
    const isAnswer = agentId === actor.id;
    await this.database.transaction(async (tx) => {
      const kept = await tx.query(keepWhisper, [id, person.conversationId, agentId, actor.id, words]);
      if (kept.length === 0) {
        await refuseOther(tx, [id, partsOf(person), actor.id, words]);
        return;
      }
      if (isAnswer) {
        await tx.query(seeWhispers, [partsOf(person), agentId]);
      }
      await this.tell(tx, person, agentId);
      const action = isAnswer ? 'whisper.answered' : 'whisper.sent';
      const details = { whisperId: id, agentId };
      await recordAct(tx, { actorId: actor.id, action, subject: person.conversationId, details });
    });
  }

  private async addresseeOf(person: ReadablePerson, named: string | null): Promise<string> {
    if (named === null) {
      const [work] = await this.database.query<WorkRow & Record<string, unknown>>(workOfPerson, [partsOf(person)]);
      if (!work) {
        throw conflict('nobody_works', 'Nobody has the work of this person now.');
      }
      return work.id;
    }
    const agent = await readActor(this.database, named);
    const readable = agent ? await this.access.listPersons(agent, [person.conversationId]) : [];
    if (readable.length === 0) {
      throw invalid('agentId', 'This agent does not read this person.', 'agent_cannot_read');
    }
    return named;
  }

  private tell(tx: Transaction, { conversationId }: ReadablePerson, agentId: string): Promise<void> {
    return this.news.tell(tx, { conversation: conversationId, kind: 'whisper', agentId });
  }
}

type Kept = Words & { agentId: string };

const partsOf = ({ parts }: ReadablePerson): string[] => parts.map(({ id }) => id);

async function refuseOther(tx: Transaction, known: unknown[]): Promise<void> {
  const [same] = await tx.query(knownWhisper, known);
  if (!same) {
    throw conflict('id_taken', 'This id belongs to something else.', 'id');
  }
}
