import { Injectable } from '@nestjs/common';
import { DateTime, IANAZone } from 'luxon';
import { matchKey, type ChannelKind } from '#channels';
import type { SearchAnswer, SearchHit, SearchProblem } from '#contract';
import { GuardedAccess, isWithheld, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { fromCursor, toCursor, type Place } from '../cursor.js';
import { markWords } from './mark-words.js';
import { readSearch, type SearchWish } from './read-search.js';
import { searchMessages, searchTickets, type FoundRow } from './search.query.js';

/** Rows that are looked at for a page before it is cut: much of what is found may be somebody else's to read. */
const mostLooks = 8;
const lookAt = 200;
/** Milliseconds that one look may take, and after which no other is begun. */
const longestLook = 3_000;
const longestSearch = 2_000;
/** The database ended a statement that took too long. */
const tookTooLong = '57014';
const forever = { since: '-infinity', until: 'infinity' };
const openStates = ['new', 'open', 'pending', 'on_hold'];
const doneStates = ['solved', 'closed'];

/** A wish with its names looked up. */
interface Sought {
  owners: string[] | null;
  nobodys: boolean;
  authors: string[] | null;
  queues: string[] | null;
  channels: string[] | null;
  problems: SearchProblem[];
}

interface Readable {
  row: FoundRow;
  person: ReadablePerson;
}

/** Finds what was said and which tickets there are, among what the reader may read. */
@Injectable()
export class Search {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
  ) {}

  async find(
    actor: Actor,
    { q, zone, before, limit }: { q: string; zone: string; before?: string | undefined; limit: number },
  ): Promise<SearchAnswer> {
    if (!IANAZone.isValidZone(zone)) {
      throw invalid('zone', 'This is not a time zone.');
    }
    const wish = readSearch(q, (day) => DateTime.fromObject(day, { zone }).toJSDate());
    const sought = await this.lookUp(actor, wish);
    const problems = [...wish.problems, ...sought.problems, ...lackOf(wish)];
    if (problems.length > 0 || isEmpty(wish)) {
      return { rows: [], next: null, problems };
    }
    return this.readPage(actor, { wish, sought, place: fromCursor(before), limit });
  }

  /** Looks on until a page is full; a page may be short and still not the last. */
  private async readPage(
    actor: Actor,
    { wish, sought, place, limit }: { wish: SearchWish; sought: Sought; place: Place; limit: number },
  ): Promise<SearchAnswer> {
    const found: Readable[] = [];
    const problems: SearchProblem[] = [];
    const endsAt = performance.now() + longestSearch;
    let from: Place | null = place;
    for (
      let look = 0;
      look < mostLooks && from !== null && found.length < limit && performance.now() < endsAt;
      look++
    ) {
      const rows: FoundRow[] | null = await this.look(wish, sought, from);
      if (rows === null) {
        problems.push({ term: '', why: 'too_wide' });
        from = null;
        break;
      }
      const readable = await this.keepReadable(actor, fitting(rows, wish, sought));
      const taken = readable.slice(0, limit - found.length);
      found.push(...taken);
      from = placeBehind(rows, taken.length < readable.length ? taken : null);
    }
    const rows = found.map((one) => this.present(one, wish));
    return { rows, next: from === null ? null : toCursor(from), problems };
  }

  /** @returns null where the database would take too long. */
  private async look(wish: SearchWish, sought: Sought, place: Place): Promise<FoundRow[] | null> {
    const [statement, values] =
      wish.words.length === 0
        ? ([searchTickets, ticketValues(wish, sought, place)] as const)
        : ([searchMessages, messageValues(wish, sought, place)] as const);
    try {
      return await this.database.transaction(async (tx) => {
        await tx.query(`select set_config('statement_timeout', $1, true)`, [String(longestLook)]);
        return tx.query<FoundRow & Record<string, unknown>>(statement, values);
      });
    } catch (error) {
      if ((error as { code?: unknown }).code === tookTooLong) {
        return null;
      }
      throw error;
    }
  }

  /** By the same right as everywhere: what the reader may not open is not found. */
  private async keepReadable(actor: Actor, rows: readonly FoundRow[]): Promise<Readable[]> {
    const conversations = [...new Set(rows.map(({ conversation_id: id }) => id))];
    const persons = await this.access.listPersons(actor, conversations);
    const byConversation = new Map(persons.map(({ wanted, person }) => [wanted, person]));
    return rows.flatMap((row) => {
      const person = byConversation.get(row.conversation_id);
      return person && (!isWithheld(row, person) || row.owner_id === actor.id) ? [{ row, person }] : [];
    });
  }

  private present({ row, person }: Readable, { words }: SearchWish): SearchHit {
    const kind = row.channel_id === null ? null : (this.channels.nameOf(row.channel_id)?.kind ?? null);
    return {
      conversation: person.conversationId,
      customer: { id: person.customerId, name: person.name },
      ticket: ticketOf(row),
      message: messageOf(row, words, kind),
    };
  }

  private async lookUp(actor: Actor, wish: SearchWish): Promise<Sought> {
    const problems: SearchProblem[] = [];
    const named = async (table: 'agent' | 'queue', name: string | null): Promise<string[] | null> => {
      if (name === null) {
        return null;
      }
      const rows = await this.database.query<{ id: string; name: string }>(`select id, name from ${table}`);
      const found = rows.filter((row) => matchKey(row.name).includes(name)).map(({ id }) => id);
      if (found.length === 0) {
        problems.push({ term: name, why: 'unknown_value' });
      }
      return found;
    };
    const agents = (name: string | null) => (name === 'me' ? Promise.resolve([actor.id]) : named('agent', name));
    const nobodys = wish.assignee === 'nobody';
    const owners = await agents(nobodys ? null : wish.assignee);
    const authors = await agents(wish.author);
    const queues = await named('queue', wish.queue);
    const channels =
      wish.channel === null
        ? null
        : this.channels
            .all()
            .filter(({ kind }) => kind === wish.channel)
            .map(({ id }) => id);
    return { owners, nobodys, authors, queues, channels, problems };
  }
}

const statesOf = { open: openStates, solved: doneStates };

function ofTicket({ states, tags }: SearchWish, { owners, nobodys, queues }: Sought): unknown[] {
  return [owners, nobodys, states && statesOf[states], tags, queues];
}

function messageValues(wish: SearchWish, sought: Sought, { id }: Place): unknown[] {
  const words = wish.words.map((word) => `'${word}':*`).join(' & ');
  const { since, until } = { since: wish.since ?? forever.since, until: wish.until ?? forever.until };
  const ofMessage = [wish.from, sought.authors, sought.channels, wish.isNote, since, until, lookAt, wish.number];
  return [words, id, ...ofTicket(wish, sought), ...ofMessage];
}

function ticketValues(wish: SearchWish, sought: Sought, { at, id }: Place): unknown[] {
  const { since, until } = { since: wish.since ?? forever.since, until: wish.until ?? forever.until };
  return [at, id, ...ofTicket(wish, sought), wish.number, since, until, lookAt];
}

/** A ticket is in the channel of its latest words; the statement does not ask, for it would read the words of all tickets. */
function fitting(rows: readonly FoundRow[], { words }: SearchWish, { channels }: Sought): readonly FoundRow[] {
  const isAsked = words.length === 0 && channels !== null;
  return isAsked ? rows.filter(({ channel_id: id }) => id !== null && channels.includes(id)) : rows;
}

/** All that somebody ever wrote is no answer. */
function lackOf({ words, from, author, isNote }: SearchWish): SearchProblem[] {
  const isWide = words.length === 0 && (from !== null || author !== null || isNote);
  return isWide ? [{ term: '', why: 'words_needed' }] : [];
}

function isEmpty({ words, states, tags, queue, number, assignee, channel, since, until }: SearchWish): boolean {
  const given = [words.length, tags.length, states, queue, number, assignee, channel, since, until];
  return given.every((one) => one === null || one === 0);
}

/** Where the next look begins: behind what was taken where not all was, else behind what was looked at; null at the end. */
function placeBehind(rows: readonly FoundRow[], taken: readonly Readable[] | null): Place | null {
  const end = rows.length < lookAt ? undefined : rows.at(-1);
  const last = taken === null ? end : taken.at(-1)?.row;
  return last ? placeOf(last) : null;
}

function placeOf({ cursor_at: at, id }: FoundRow): Place {
  return { at: at === '' ? 'infinity' : at, id };
}

function ticketOf({ ticket_id: id, number, prefix, subject, state }: FoundRow): SearchHit['ticket'] {
  return id === null
    ? null
    : { id, number: Number(number), prefix: prefix ?? '', subject: subject ?? '', state: state ?? '' };
}

function messageOf(row: FoundRow, words: readonly string[], channelKind: ChannelKind | null): SearchHit['message'] {
  const { message_id: id, at, author, author_name: name, kind, body } = row;
  if (id === null || at === null || author === null) {
    return null;
  }
  const said = { id, at: at.toISOString(), author, authorName: name ?? '', kind: kind ?? 'text', channelKind };
  return { ...said, ...markWords(body ?? '', words) };
}
