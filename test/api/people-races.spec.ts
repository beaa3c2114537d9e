import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { MessageView, QueueView, RetentionRuleView } from '#contract';
import { mergeCustomers, undoMerge, type Sql } from '#channels';
import { assign } from '#tickets';
import type { Transaction } from '../../apps/hub/src/database/database.js';
import { IdentityProof } from '../../apps/hub/src/desk/customers/identity-proof.service.js';
import { Retention } from '../../apps/hub/src/privacy/retention/retention.service.js';
import type { Answered, Caller } from '../support/build-rows.js';
import { freshMail, freshPhone, PeopleDesk, type Writer } from '../support/people-desk.js';
import { until } from '../support/until.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

/** Runs `act` while `work` has done its part and holds its locks, and commits once `act` waits for them. */
async function against<T>(work: (tx: Transaction) => Promise<unknown>, act: () => Promise<T>): Promise<T> {
  let acting: Promise<T> | null = null;
  await desk.hub.database.transaction(async (tx) => {
    await work(tx);
    const [{ pid }] = (await tx.query<{ pid: number }>('select pg_backend_pid() as pid')) as [{ pid: number }];
    acting = act();
    await until(
      () => desk.hub.database.query('select 1 from pg_stat_activity a where $1 = any (pg_blocking_pids(a.pid))', [pid]),
      (rows) => rows.length > 0,
    );
  });
  return acting as unknown as Promise<T>;
}

async function lock(sql: Sql, ...people: Writer[]): Promise<void> {
  await sql.query(
    `select c.id from conversation c join customer k on k.id = c.customer_id
     where coalesce(k.merged_into, k.id) in (select coalesce(m.merged_into, m.id) from customer m where m.id = any ($1::uuid[]))
     order by c.id for no key update of c`,
    [people.map(({ customer }) => customer)],
  );
}

const merging = (from: Writer, into: Writer) => async (tx: Transaction) => {
  await lock(tx, from, into);
  await mergeCustomers(tx, from.customer, into.customer, { actorId: null, reasons: ['test'] });
};
const parting = (who: Writer) => async (tx: Transaction) => {
  await lock(tx, who);
  await undoMerge(tx, who.customer, null);
};

const note = (person: Writer, caller: Caller = desk.agent): Promise<Answered<MessageView>> =>
  caller.call<MessageView>(`/api/conversations/${person.conversation}/messages`, {
    body: { id: uuid(), kind: 'note', body: 'a note' },
  });

async function solve(person: Writer): Promise<void> {
  await desk.hub.database.query(
    `update ticket set state = 'solved', solved_at = now() where conversation_id = $1 and state <> 'solved'`,
    [person.conversation],
  );
}

const two = async (): Promise<[Writer, Writer]> => [
  await desk.hear({ address: freshPhone() }),
  await desk.hear({ address: freshPhone() }),
];

async function elsewhere(): Promise<string> {
  const queue = await desk.admin.call<QueueView>('/api/queues', { body: { name: `Elsewhere ${uuid()}` } });
  return queue.body.id;
}

async function moveTicket(person: Writer, queue: string): Promise<void> {
  await desk.hub.database.query(
    'update work_item set queue_id = $1 where ticket_id in (select id from ticket where conversation_id = $2)',
    [queue, person.conversation],
  );
  await desk.hub.database.query('update ticket set queue_id = $1 where conversation_id = $2', [
    queue,
    person.conversation,
  ]);
}

describe('work on a person who is merged meanwhile', () => {
  it('sees the person as they are once it has the lock', async () => {
    const [one, other] = await two();
    await solve(one);
    const [open] = (await desk.open(other.conversation)).tickets;
    const answer = await against(merging(one, other), () => note(one));
    expect(answer.status).toBe(201);
    // Notes go to the root's row and join the live ticket of the person: both are the other's by now.
    expect(answer.body).toMatchObject({ conversation: other.conversation, ticketId: open?.id });
  });

  it('is refused to whom an undo took the right', async () => {
    const [one, other] = await two();
    await moveTicket(one, await elsewhere());
    expect((await note(one)).status).toBe(404);
    await desk.admin.call(`/api/customers/${one.customer}/merge`, { body: { into: other.customer } });
    expect((await note(one)).status).toBe(201);
    const answer = await against(parting(one), () => note(one));
    expect(answer.status).toBe(404);
  });

  it('moves a ticket with every row of the person, those too that came while the lock was waited for', async () => {
    const [one, other] = await two();
    const [ticket] = (await desk.open(one.conversation)).tickets;
    const result = await against(merging(one, other), () =>
      desk.hub.database.transaction((tx) =>
        assign(tx, {
          ticketId: ticket?.id ?? '',
          agentId: desk.agentId,
          expectedOwnerId: null,
          by: desk.agentId,
          withinCapacity: false,
          endReason: 'transferred',
        }),
      ),
    );
    expect(result).toMatchObject({ outcome: 'assigned' });
    const parts = result.outcome === 'assigned' ? result.ticket.parts : [];
    expect(new Map(parts.map(({ id, isRoot }) => [id, isRoot]))).toEqual(
      new Map([
        [one.conversation, false],
        [other.conversation, true],
      ]),
    );
  });

  it('writes to the freed person and not to the one they were joined with', async () => {
    const [one, other] = await two();
    await desk.merge(one.customer, other.customer);
    const answer = await against(parting(one), () => note(one));
    expect([answer.status, answer.body.conversation]).toEqual([201, one.conversation]);
  });
});

describe('an address that changes hands meanwhile', () => {
  const phone = () => ({ kind: 'phone' as const, address: freshPhone() });
  const insert = (tx: Sql, customer: string, { kind, address }: ReturnType<typeof phone>, shared = false) =>
    tx.query(
      `insert into identity (id, customer_id, kind, address, trust, shared) values ($1, $2, $3, $4, 'channel_given', $5)`,
      [uuid(), customer, kind, address, shared],
    );

  it('joins the two whom a proof and a first message bring together at the same moment', async () => {
    const [one, other] = await two();
    const address = phone();
    const proven = await against(
      (tx) => insert(tx, other.customer, address),
      () => desk.hub.app.get(IdentityProof).prove(one.customer, { ...address, trust: 'proven' }),
    );
    expect(proven).toBe('linked');
    expect((await desk.open(one.conversation)).id).toBe(other.conversation);
  });

  it('stays shared where another owner comes while somebody takes the mark off', async () => {
    const [one, other] = await two();
    const path = `/identities/${one.identity}`;
    await desk.customer(one.customer, path, { method: 'PATCH', body: { shared: true } });
    const answer = await against(
      (tx) => insert(tx, other.customer, { kind: 'phone', address: one.address }, true),
      () => desk.customer<{ code: string }>(one.customer, path, { method: 'PATCH', body: { shared: false } }),
    );
    expect([answer.status, answer.body.code]).toEqual([409, 'several_owners']);
  });

  it('is met anew by a message that was on its way in when it was taken from its owner', async () => {
    const one = await desk.hear({ address: freshPhone() });
    const [owner] = await desk.hub.database.query<{ id: string }>('select id from identity where id = $1', [
      one.identity,
    ]);
    const next = await against(
      async (tx) => {
        await tx.query('select 1 from conversation where id = $1 for update', [one.conversation]);
        await tx.query('update identity set retired_at = clock_timestamp() where id = $1', [owner?.id]);
        await tx.query('update conversation set rev = rev + 1 where id = $1', [one.conversation]);
      },
      () => desk.hear({ address: one.address, text: 'whose is it now?' }),
    );
    expect(next.customer).not.toBe(one.customer);
    expect(JSON.stringify(await desk.open(one.conversation))).not.toContain('whose is it now?');
  });

  it('is believed no less because a weaker message was on its way in when it was proven', async () => {
    const one = await desk.hear({ kind: 'email', address: freshMail(), trust: 'unauthenticated' }, desk.mail);
    await against(
      (tx) => tx.query(`update identity set trust = 'proven' where id = $1`, [one.identity]),
      () => desk.hear({ kind: 'email', address: one.address, trust: 'channel_given' }, desk.mail),
    );
    const [identity] = (await desk.open(one.conversation)).customer.identities;
    expect(identity?.trust).toBe('proven');
  });
});

describe('two who merge and part at once', () => {
  it('joins the third to the root that there is once the first merge is done', async () => {
    const [one, other] = await two();
    const third = await desk.hear({ address: freshPhone() });
    const answer = await against(merging(other, third), () => desk.merge(one.customer, other.customer));
    expect([answer.status, answer.body.id]).toEqual([200, third.customer]);
    expect((await desk.open(one.conversation)).id).toBe(third.conversation);
  });

  it('refuses the second of two merges of one pair, in either direction', async () => {
    const [one, other] = await two();
    const answer = await against(merging(one, other), () => desk.merge(other.customer, one.customer));
    expect(answer.body.code).toBe('same_person');
  });

  it('merges somebody again who is being freed', async () => {
    const [one, other] = await two();
    await desk.merge(one.customer, other.customer);
    const answer = await against(parting(one), () => desk.merge(one.customer, other.customer));
    expect(answer.status).toBe(200);
  });

  it('undoes once', async () => {
    const [one, other] = await two();
    await desk.merge(one.customer, other.customer);
    const answer = await against(parting(one), () => desk.part(one.customer));
    expect(answer.body.code).toBe('not_merged');
  });

  it('keeps every row sound through a storm of merges, undos, notes and messages', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => desk.hear({ address: freshPhone() })));
    const any = (n: number): Writer => people[n % people.length] as Writer;
    const seen = new Set<number>();
    await Promise.all(
      Array.from({ length: 6 }, async (_, worker) => {
        for (let step = 0; step < 15; step++) {
          const [one, other] = [any(worker + step), any(worker * 3 + step * 2 + 1)];
          const acts = [
            () => desk.merge(one.customer, other.customer),
            () => desk.part(one.customer),
            () => note(one),
            () =>
              desk
                .hear({ address: one.address, text: `${String(worker)}/${String(step)}` })
                .then(() => ({ status: 200 })),
          ];
          seen.add((await (acts[(worker + step) % acts.length] as () => Promise<{ status: number }>)()).status);
        }
      }),
    );
    expect([...seen].filter((status) => ![200, 201, 409].includes(status))).toEqual([]);
    const unsound = await desk.hub.database.query(
      `select 'gap' as what from conversation c where c.last_seq <> (select count(*) from message m where m.conversation_id = c.id)
       union all select 'depth' from customer k join customer r on r.id = k.merged_into where r.merged_into is not null
       union all select 'stray' from message m join identity i on i.id = m.identity_id join conversation c on c.id = m.conversation_id where c.customer_id <> i.customer_id
       union all select 'crossing' from message m join ticket t on t.id = m.ticket_id
         join conversation a on a.id = m.conversation_id join customer ka on ka.id = a.customer_id
         join conversation b on b.id = t.conversation_id join customer kb on kb.id = b.customer_id
         where coalesce(ka.merged_into, ka.id) <> coalesce(kb.merged_into, kb.id)
       union all select 'holder' from customer k join conversation c on c.customer_id = k.id join customer r on r.id = k.merged_into
         join conversation top on top.customer_id = r.id where (c.holder, c.holder_id) is distinct from (top.holder, top.holder_id)`,
    );
    expect(unsound).toEqual([]);
  });
});

describe('whoever is to be forgotten because their time is over', () => {
  it('stays where they came back while it was about to begin', async () => {
    const { database, app } = desk.hub;
    const back = await desk.hear({ kind: 'email', address: freshMail() }, desk.mail);
    await solve(back);
    const rule = { what: 'people', days: 30 };
    const { body: added } = await desk.admin.call<RetentionRuleView>('/api/retention-rules', { body: rule });
    const later = new Date(Date.now() + 31 * 86_400_000);
    const round = () => app.get(Retention, { strict: false }).run(later);
    const heard = (sql: Sql, at: Date) =>
      sql.query('update conversation set last_message_at = $2 where id = $1', [back.conversation, at]);
    const erased = () =>
      database.query('select 1 from conversation where id = $1 and erased_at is not null', [back.conversation]);
    await against(async (tx) => {
      await lock(tx, back);
      await heard(tx, later);
    }, round);
    expect(await erased()).toEqual([]);
    await heard(database, new Date());
    await round();
    expect(await erased()).toHaveLength(1);
    await desk.admin.call(`/api/retention-rules/${added.id}`, { method: 'DELETE' });
  });
});
