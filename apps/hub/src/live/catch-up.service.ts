import { Injectable } from '@nestjs/common';
import type { ConversationChanges } from '#contract';
import { GuardedAccess, isWithheld, type ReadablePerson } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { Database } from '../database/database.js';
import { presentMessage } from '../desk/message.presenter.js';
import { readChangedMessages } from '../desk/message-rows.query.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { presentStanding, readStandings } from './changes.query.js';

export interface CaughtUp {
  changes: ConversationChanges[];
  /** Rows with more news than is sent: to be loaded anew. */
  resync: string[];
}

const maxPerRow = 200;
const maxInAll = 2_000;
const rowsAtOnce = 25;

interface Behind {
  id: string;
  since: number;
  person: ReadablePerson;
}

/**
 * Exactly what changed in conversation rows since the revs that a reader has, under that reader's rights. Rows that they may not
 * read are not there, as if they did not exist.
 */
@Injectable()
export class CatchUp {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
  ) {}

  async read(actor: Actor, revs: Record<string, number>): Promise<CaughtUp> {
    const rows = await this.rowsBehind(actor, revs);
    const answer: CaughtUp = { changes: [], resync: rows.filter(({ isAhead }) => isAhead).map(({ id }) => id) };
    const behind = rows.filter(({ isAhead }) => !isAhead);
    let messages = 0;
    for (let start = 0; start < behind.length; start += rowsAtOnce) {
      const some = behind.slice(start, start + rowsAtOnce);
      if (messages >= maxInAll) {
        answer.resync.push(...some.map(({ id }) => id));
        continue;
      }
      messages += await this.readSome(some, answer);
    }
    return answer;
  }

  /** Rows whose rev is not the reader's. One that the reader is ahead of comes from another life of the database. */
  private async rowsBehind(actor: Actor, revs: Record<string, number>): Promise<(Behind & { isAhead: boolean })[]> {
    const asked = Object.keys(revs);
    const found = asked.length === 0 ? [] : await this.access.listPersons(actor, asked);
    return found.flatMap(({ wanted, person }) => {
      const since = revs[wanted] ?? 0;
      const rev = person.parts.find(({ id }) => id === wanted)?.rev ?? since;
      return rev === since ? [] : [{ id: wanted, since, person, isAhead: since > rev }];
    });
  }

  /** Messages are read after the revs that are said to cover them, so a change in between is told twice and never left out. */
  private async readSome(some: Behind[], answer: CaughtUp): Promise<number> {
    const standings = await readStandings(this.database, some);
    const rows = await readChangedMessages(this.database, some, maxPerRow + 1);
    for (const standing of standings) {
      const person = some.find(({ id }) => id === standing.id)?.person as ReadablePerson;
      const mine = rows.filter((row) => row.conversation_id === standing.id);
      if (mine.length > maxPerRow) {
        answer.resync.push(standing.id);
      } else {
        answer.changes.push({
          ...presentStanding(standing, person.serves),
          messages: mine.map((row) => presentMessage(row, this.channels, isWithheld(row, person))),
        });
      }
    }
    return rows.length;
  }
}
