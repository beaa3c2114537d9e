import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';
import * as statements from './statements.js';
import { story } from './story.js';

interface Stored {
  seq: number;
  rev: number;
  at: Date;
}

interface Known {
  duplicate: boolean;
  conversations: string[];
  revs: number[];
  conversation_id: string;
  identity_id: string;
  tickets: { id: string; state: string }[];
}

const PHONES = { ann: '+989120000001', ben: '+989120000002' };

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ poolSize: 6 });
  await database.transaction((tx) => tx.query(story));
});

afterAll(() => database.close());

/** The id that the story gives to a name. */
function u(name: string): string {
  const hash = createHash('md5').update(name).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

async function one<T>(text: string, values: unknown[] = []): Promise<T> {
  const [row] = await database.query(text, values);
  return Object.values(row ?? {})[0] as T;
}

/** The way in: one read, a decision, one statement that commits by itself; no row means that somebody was faster. */
async function accept(
  who: keyof typeof PHONES,
  externalId: string,
  decide: (tickets: Known['tickets']) => string | null = () => null,
): Promise<{ stored: Stored | null; tries: number }> {
  for (let tries = 1; ; tries++) {
    const [known] = await database.query<Known>(statements.acceptRead, [u('sms'), externalId, 'phone', PHONES[who]]);
    if (known === undefined || known.duplicate) {
      return { stored: null, tries: tries - 1 };
    }
    const person = [known.conversations, known.revs];
    const event = [randomUUID(), u('sms'), externalId, Buffer.from('raw')];
    const message = [
      randomUUID(),
      known.conversation_id,
      known.identity_id,
      decide(known.tickets),
      'test',
      'سلام',
      'سلام',
    ];
    const [stored] = await database.query<Stored>(statements.acceptWrite, [...person, ...event, ...message]);
    if (stored !== undefined) {
      return { stored, tries };
    }
  }
}

describe('the way in', () => {
  it('takes one read and one statement for a lone message, which reopens its ticket and leaves a fact', async () => {
    const { stored, tries } = await accept(
      'ann',
      'in 1',
      (tickets) => tickets.find((t) => t.state === 'pending')?.id ?? null,
    );
    expect(stored?.seq).toBe(5);
    expect(tries).toBe(1);
    expect(await one("select state from ticket where id = u('t pending')")).toBe('open');
    expect(await one("select count(*) from event_log where type = 'message.received'")).toBe(1);
  });

  it('changes nothing for an event that it knows', async () => {
    expect(await accept('ann', 'in 1')).toEqual({ stored: null, tries: 0 });
  });

  it('stores one message of four that arrive at once under one id', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => accept('ann', 'in 2')));
    expect(answers.filter((answer) => answer.stored !== null)).toHaveLength(1);
  });

  it('leaves no gap and keeps the order when forty arrive at once', async () => {
    const before = await one<number>("select last_seq from conversation where id = u('c ann')");
    const four = [1, 2, 3, 4].map(async (n) => {
      for (let i = 0; i < 10; i++) {
        await accept('ann', `in ${String(n)} ${String(i)}`, (tickets) => tickets[0]?.id ?? null);
      }
    });
    await Promise.all(four);
    const rows = await database.query<{ seq: number; at: Date; later: boolean }>(
      "select seq, at, at > lag(at) over (order by seq) as later from message where conversation_id = u('c ann') order by seq",
    );
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: before + 40 }, (_, n) => n + 1));
    expect(rows.slice(1).every((row) => row.later)).toBe(true);
  });
});

describe('a merge and its undo', () => {
  let old: string[];

  beforeAll(async () => {
    old = (await database.query<{ id: string }>('select id from message')).map((row) => row.id);
  });

  /** Every row of people, messages and tickets, without what only counts changes. */
  function everything(less: string[] = []): Promise<unknown[]> {
    return database.query(
      `select to_jsonb(k) as r from customer k union all select to_jsonb(i) from identity i
       union all select to_jsonb(m) - $2::text[] from message m where id = any ($1)
       union all select jsonb_build_object(id, customer_id) from conversation
       union all select to_jsonb(t) - '{rev,version,last_message_at}'::text[] from ticket t order by 1`,
      [old, less],
    );
  }

  it('of two customers gives one timeline, then every row as it was, and leaves what arrived where it came in', async () => {
    const before = await everything();
    await database.transaction((tx) => tx.query("select become('ann', 'ben')"));
    await accept('ann', 'joined 1', () => u('t ben'));
    await accept('ben', 'joined 2', () => u('t open'));

    const page = await database.query<{ conversation_id: string; at: Date }>(statements.timeline, [
      u('ben'),
      'infinity',
      u('x'),
      100,
    ]);
    const total = await one<number>("select count(*) from message where conversation_id in (u('c ann'), u('c ben'))");
    expect(page).toHaveLength(total);
    expect(new Set(page.map((row) => row.conversation_id)).size).toBe(2);
    expect(page.every((row, n) => n === 0 || row.at <= (page[n - 1]?.at ?? row.at))).toBe(true);

    await undoMergeOfAnn();
    expect(await everything()).toEqual(before);
    const arrived = await database.query(
      "select conversation_id as conversation, ticket_id as ticket from message where external_id like 'joined%' order by at",
    );
    expect(arrived).toEqual([
      { conversation: u('c ann'), ticket: null },
      { conversation: u('c ben'), ticket: null },
    ]);
  });

  it('of two tickets gives back both and the messages of each', async () => {
    const before = await everything(['rev']);
    await mergeTickets();
    expect(await everything(['rev'])).not.toEqual(before);
    await undoTicketMerge();
    expect(await everything(['rev'])).toEqual(before);
  });
});

async function undoMergeOfAnn(): Promise<void> {
  const crossing = `
    from message m join ticket t on t.id = m.ticket_id
    where m.conversation_id in (u('c ann'), u('c ben')) and t.conversation_id <> m.conversation_id`;
  await database.transaction((tx) =>
    tx.query(`
      select note('customer_undo', jsonb_build_object(u('ann'), jsonb_build_object('merged_into', u('ben'))),
        (select id from merge_journal where before ? u('ann')::text),
        links => (select jsonb_agg(jsonb_build_array(m.id, m.ticket_id)) ${crossing}));
      update message set ticket_id = null where id in (select m.id ${crossing});
      update customer set merged_into = null where id = u('ann')`),
  );
}

async function mergeTickets(): Promise<void> {
  await database.transaction((tx) =>
    tx.query(`
      select note('ticket_merge',
        jsonb_build_object(u('t pending'), jsonb_build_object('state', 'open', 'merged_into', null::uuid)), id => u('j t'),
        links => (select jsonb_agg(id) from message where ticket_id = u('t pending')));
      update message set ticket_id = u('t open') where ticket_id = u('t pending');
      update ticket set state = 'closed', solved_at = now(), closed_at = now(), merged_into = u('t open')
      where id = u('t pending')`),
  );
}

async function undoTicketMerge(): Promise<void> {
  await database.transaction((tx) =>
    tx.query(`
      select note('ticket_undo',
        jsonb_build_object(u('t pending'), jsonb_build_object('state', 'closed', 'merged_into', u('t open'))), u('j t'));
      update ticket set state = 'open', solved_at = null, closed_at = null, merged_into = null where id = u('t pending');
      update message set ticket_id = u('t pending')
      where id in (select jsonb_array_elements_text(links)::uuid from merge_journal where id = u('j t'));
      update ticket set waiting_since = waits_since(id) where id = u('t pending')`),
  );
}
