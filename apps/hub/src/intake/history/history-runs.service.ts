import { Injectable } from '@nestjs/common';
import { failpoint } from '#failpoint';
import type { Sql } from '#channels';
import type { HistoryTermsView } from '#contract';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { SecretKeys } from '../../platform/secret-keys.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { digestOf, forgottenPurpose } from '../../privacy/erasures/forgotten-addresses.js';
import { bringMessages, type MessageRow } from './bring-messages.js';
import { bringPerson, notePeople, placeOf, type PersonRow } from './bring-person.js';
import { bringTickets, placeIn, type TicketRow } from './bring-tickets.js';
import {
  broughtBefore,
  dropMessages,
  nextMessages,
  peopleOfRoot,
  recountFrom,
  ticketsOfPeople,
  waitsStill,
} from './bring.query.js';
import { holdHistory, keepHistory } from './history.query.js';
import { isForgotten } from './is-forgotten.js';
import { keepFiles, type KeptFiles } from './keep-files.js';

const atOnce = 300;
const heldMs = 120_000;

interface RunRow {
  id: string;
  source: string;
  terms: HistoryTermsView;
  actorId: string | null;
}

/** What is written at once: what was said, by whom, with its files. */
interface Portion {
  run: RunRow;
  root: string;
  people: PersonRow[];
  said: MessageRow[];
  files: KeptFiles;
  agents: Map<string, string>;
}

interface Counted {
  people_done?: number;
  added_people?: number;
  joined_people?: number;
  added_tickets?: number;
  added_messages?: number;
  known?: number;
}

/**
 * Writes down what was read, person by person, and what one of them said in portions. A portion is one transaction that takes from what
 * waits what it writes, and notes where each thing came from: one that is cut short is done again, and what was brought once is known.
 *
 * It writes rows and says nothing: no fact in the log, so no rule, webhook, promise or notice; no delivery; no work but what was asked for.
 */
@Injectable()
export class HistoryRuns {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly keys: SecretKeys,
    private readonly log: Log,
  ) {}

  /** Goes on until the end, or until somebody stops it. False where somebody else does it now. */
  async run(id: string): Promise<boolean> {
    if ((await this.database.query(holdHistory, [id, 'running', heldMs])).length === 0) {
      return (
        (await this.database.query(`select 1 from history_import where id = $1 and state = 'running'`, [id])).length ===
        0
      );
    }
    const [row] = await this.database.query<RunRow & Record<string, unknown>>(
      'select id, source, terms, started_by as "actorId" from history_import where id = $1',
      [id],
    );
    try {
      await this.runAll(row as RunRow);
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('A history could not be brought.', { import: id, reason: String(error) });
      await this.database.query(
        `update history_import set state = 'failed', why = 'unwritable', ended_at = clock_timestamp(), held_until = null
         where id = $1 and state = 'running'`,
        [id],
      );
    }
    return true;
  }

  private async runAll(run: RunRow): Promise<void> {
    const agents = await this.agents();
    for (;;) {
      const [next] = await this.database.query<{ root: string }>(
        `select root from history_person where import_id = $1 and not done and root is not null order by root limit 1`,
        [run.id],
      );
      if (!next) {
        return this.end(run.id);
      }
      if (!(await this.bring(run, next.root, agents))) {
        return;
      }
    }
  }

  /** Agents by their address. */
  private async agents(): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; email: string }>('select id, email from agent');
    return new Map(rows.map(({ id, email }) => [email, id]));
  }

  /** One portion of somebody's history. Whether there is to be gone on. */
  private async bring(run: RunRow, root: string, agents: Map<string, string>): Promise<boolean> {
    const people = await this.database.query<PersonRow & Record<string, unknown>>(peopleOfRoot, [run.id, root]);
    const keys = people.map(({ key }) => key);
    const said = await this.database.query<MessageRow & Record<string, unknown>>(nextMessages, [run.id, keys, atOnce]);
    const old = await this.knownOf(this.database, run, said);
    const files = await keepFiles(
      this.database,
      this.storage,
      run.id,
      said.filter(({ key, hasFiles }) => hasFiles && !old.has(key)).map(({ key }) => key),
    );
    const outcome = await this.database.transaction((tx) => this.take(tx, { run, root, people, said, files, agents }));
    failpoint('history.after-portion-commit');
    if (outcome !== 'written') {
      await Promise.all(files.kept.map(({ key }) => this.storage.remove(key)));
    }
    return outcome !== 'not_ours';
  }

  /** `not_ours`: somebody stopped it, or whoever goes on with it since was faster. */
  private async take(tx: Transaction, portion: Portion): Promise<'written' | 'left_out' | 'not_ours'> {
    const { run, root, people, said } = portion;
    const keys = said.map(({ key }) => key);
    if ((await tx.query(keepHistory, [run.id, 'running', heldMs])).length === 0) {
      return 'not_ours';
    }
    const [now] = await tx.query<{ messages: number; isDue: boolean }>(waitsStill, [run.id, keys, root]);
    if (now?.isDue !== true || now.messages !== keys.length) {
      return 'not_ours';
    }
    await tx.query(dropMessages, [run.id, keys]);
    const isLeftOut = await isForgotten(tx, this.keys, people, run);
    const counted = isLeftOut ? await this.leaveOut(tx, run, people) : await this.write(tx, portion);
    if (said.length < atOnce) {
      await tx.query('update history_person set done = true where import_id = $1 and root = $2', [run.id, root]);
      counted.people_done = 1;
    }
    await count(tx, run.id, counted);
    return isLeftOut ? 'left_out' : 'written';
  }

  private async write(tx: Transaction, { run, people, said, files, agents }: Portion): Promise<Counted> {
    const person = await bringPerson(tx, people, run);
    if (person.isDoubtful) {
      await noteFault(tx, run.id, `person ${people[0]?.key ?? ''}`, 'two_customers');
    }
    const old = await this.knownOf(tx, run, said);
    const fresh = said.filter(({ key }) => !old.has(key)).map((one) => naming(one, files.tooLarge.get(one.key) ?? []));
    for (const key of files.tooLarge.keys()) {
      await noteFault(tx, run.id, `message ${key}`, 'file_too_large');
    }
    const tickets = await this.waiting(tx, run, people, said);
    const before = await tx.query(broughtBefore, [run.source, 'ticket', tickets.map(({ key }) => key)]);
    const counted: Counted = {
      added_people: Number(person.isNew),
      joined_people: Number(person.isJoined),
      known: old.size,
    };
    if (fresh.length === 0 && before.length === tickets.length) {
      await notePeople(tx, run.source, people, person.root);
      return counted;
    }
    const place = await placeOf(tx, person, people, { ...run, from: fresh[0]?.at ?? new Date() });
    await notePeople(tx, run.source, people, place.customer);
    const brought = await bringTickets(tx, place.conversation, tickets, { ...run, agents });
    if (fresh.length > 0) {
      const inboxes = new Map(tickets.map(({ key, inbox }) => [key, inbox]));
      const channelOf = (ticket: string): string => placeIn(run.terms, inboxes.get(ticket) ?? '').channelId;
      await bringMessages(tx, place, fresh, {
        source: run.source,
        agents,
        tickets: brought.ids,
        channelOf,
        files: files.kept,
      });
    }
    const spoken = fresh.flatMap(({ ticket }) => brought.ids.get(ticket) ?? []);
    await tx.query(recountFrom, [[...new Set([...brought.added, ...spoken])]]);
    return { ...counted, added_tickets: brought.added.length, added_messages: fresh.length };
  }

  /** Which of these messages an earlier import brought. */
  private async knownOf(sql: Sql, { source }: RunRow, said: readonly MessageRow[]): Promise<Set<string>> {
    const known = await sql.query<{ key: string }>(broughtBefore, [source, 'message', said.map(({ key }) => key)]);
    return new Set(known.map(({ key }) => key));
  }

  /** Tickets of these messages; behind the last of them, also those of which nothing was said. */
  private async waiting(tx: Transaction, run: RunRow, people: PersonRow[], said: MessageRow[]): Promise<TicketRow[]> {
    const isLast = said.length < atOnce;
    const named = new Map<string, { firstAt: Date; lastAt: Date }>();
    for (const { ticket, at } of said) {
      const span = named.get(ticket) ?? { firstAt: at, lastAt: at };
      named.set(ticket, {
        firstAt: span.firstAt < at ? span.firstAt : at,
        lastAt: span.lastAt > at ? span.lastAt : at,
      });
    }
    const rows = await tx.query<TicketRow & Record<string, unknown>>(ticketsOfPeople, [
      run.id,
      people.map(({ key }) => key),
      isLast ? null : [...named.keys()],
    ]);
    // The rows of these messages are taken from what waits by now.
    return rows.map((row) => ({
      ...row,
      firstAt: named.get(row.key)?.firstAt ?? row.firstAt,
      lastAt: row.lastAt ?? named.get(row.key)?.lastAt ?? null,
    }));
  }

  /** A key may be an address: whoever was erased is counted, and not named. */
  private async leaveOut(tx: Transaction, run: RunRow, people: PersonRow[]): Promise<Counted> {
    const name = digestOf(people[0]?.key ?? '', this.keys.derive(forgottenPurpose)).toString('hex', 0, 6);
    await noteFault(tx, run.id, `person ${name}`, 'forgotten');
    return {};
  }

  /** Nothing of what was read stays behind: it is here now, or was known. */
  private async end(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if ((await tx.query(keepHistory, [id, 'running', heldMs])).length === 0) {
        return;
      }
      for (const table of ['history_message', 'history_ticket', 'history_person', 'history_inbox', 'history_match']) {
        await tx.query(`delete from ${table} where import_id = $1`, [id]);
      }
      await tx.query(
        `update history_import set state = 'done', ended_at = clock_timestamp(), held_until = null where id = $1`,
        [id],
      );
    });
  }
}

/** A file that could not be kept is named behind the words, like one that lies elsewhere. */
function naming(said: MessageRow, names: readonly string[]): MessageRow {
  return names.length === 0
    ? said
    : { ...said, body: [said.body, ...names.map((name) => `📎 ${name}`)].filter((one) => one !== '').join('\n') };
}

async function noteFault(tx: Transaction, id: string, part: string, code: string): Promise<void> {
  const added = await tx.query(
    `insert into history_fault (import_id, file, record, part, code) values ($1, 0, 0, $2, $3) on conflict do nothing returning 1`,
    [id, part, code],
  );
  if (added.length > 0) {
    await tx.query('update history_import set refused = refused + 1 where id = $1', [id]);
  }
}

async function count(tx: Transaction, id: string, counted: Counted): Promise<void> {
  await tx.query(
    `update history_import
     set people_done = people_done + $2, added_people = added_people + $3, joined_people = joined_people + $4,
         added_tickets = added_tickets + $5, added_messages = added_messages + $6, known = known + $7
     where id = $1`,
    [
      id,
      counted.people_done ?? 0,
      counted.added_people ?? 0,
      counted.joined_people ?? 0,
      counted.added_tickets ?? 0,
      counted.added_messages ?? 0,
      counted.known ?? 0,
    ],
  );
}
