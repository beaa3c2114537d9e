import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { LoadView, OfferEndedFrame, OfferView } from '#contract';
import { changeTicket } from '#tickets';
import { EventBus } from '../../apps/hub/src/events/event-bus.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { openedConsole, type LiveConsole } from '../support/live-client.js';
import {
  findLoadDrift,
  RoutingScene,
  type PresentWish,
  type Waiting,
  type WaitingWish,
} from '../support/routing-scene.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let scene: RoutingScene;
let queueId: string;
let consoles: LiveConsole[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  scene = new RoutingScene(hub.database);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  queueId = await scene.buildQueue({ accept_secs: 30 });
});
afterEach(() => {
  consoles.forEach(({ socket }) => socket.disconnect());
  consoles = [];
});

interface Sitting {
  id: string;
  console: LiveConsole;
  caller: Caller;
}

/** An agent of the queue at an open console. */
async function sitDown(wish: PresentWish = {}): Promise<Sitting> {
  const id = await scene.buildPresent({ queues: [queueId], ...wish, isPresent: false });
  const console = await openedConsole(hub, id);
  consoles.push(console);
  await until(
    () => hub.database.query('select 1 from agent_presence where agent_id = $1', [id]),
    (rows) => rows.length === 1,
  );
  return { id, console, caller: await signedIn(hub, id) };
}

/** An agent of the queue at a console of another node, which nobody here renews. */
async function sitElsewhere(): Promise<Omit<Sitting, 'console'>> {
  const id = await scene.buildPresent({ queues: [queueId] });
  return { id, caller: await signedIn(hub, id) };
}

const offersTo = async ({ caller }: Pick<Sitting, 'caller'>) =>
  (await caller.call<{ offers: OfferView[] }>('/api/me/offers')).body.offers;

/** Work comes in, and the router hears of it. */
async function comesIn(wish: Partial<WaitingWish> = {}): Promise<Waiting> {
  const waiting = await scene.buildWaiting({ queueId, ...wish });
  hub.app.get(EventBus).emit('work.queued', { queueId });
  return waiting;
}

/** The offer that an agent hears of; the latest of `count`. */
async function offered({ console }: Sitting, count = 1): Promise<OfferView> {
  await console.until('an offer', () => console.of('offer.made').length >= count);
  return console.of<OfferView>('offer.made')[count - 1] as OfferView;
}

async function ended({ console }: Sitting, id: string): Promise<OfferEndedFrame> {
  const find = () => console.of<OfferEndedFrame>('offer.ended').find((frame) => frame.id === id);
  await console.until('the end of an offer', () => find() !== undefined);
  return find() as OfferEndedFrame;
}

/** The time of an offer is up. */
const runOut = (id: string) =>
  hub.database.query('update assignment set expires_at = clock_timestamp() where id = $1', [id]);
const workOf = async ({ workId }: Waiting) =>
  (
    await hub.database.query<{ state: string; excluded: string[]; rank: Date }>(
      'select state, excluded_agents as excluded, rank_at as rank from work_item where id = $1',
      [workId],
    )
  )[0];
const typesOf = async ({ ticketId }: Waiting) => (await scene.facts(ticketId)).map(({ type }) => type);

describe('an offer', () => {
  it('is shown to its agent alone with what they need to decide, and holds room for them', async () => {
    const sara = await sitDown();
    const reza = await sitDown({ columns: { last_assigned_at: new Date() } });
    const waiting = await comesIn({ class: 'chat', weight: 30, priority: 3 });
    const offer = await offered(sara);
    expect(offer).toMatchObject({
      kind: 'exclusive',
      ticketId: waiting.ticketId,
      priority: 3,
      queueName: queueId,
      conversationId: waiting.conversationId,
    });
    expect(offer.remainingMs).toBeGreaterThan(25_000);
    expect(offer.remainingMs).toBeLessThanOrEqual(30_000);
    expect(await scene.loadOf(sara.id)).toEqual({ units: 30, classes: { chat: 1 } });
    expect(await offersTo(sara)).toMatchObject([{ id: offer.id }]);
    expect(await offersTo(reza)).toEqual([]);
    expect(reza.console.of('offer.made')).toEqual([]);
    expect((await scene.facts(waiting.ticketId)).at(-1)).toMatchObject({
      type: 'work.offered',
      payload: {
        agentId: sara.id,
        assignmentId: offer.id,
        why: 'longest_idle',
        eligible: 2,
        expiresAt: expect.any(String),
      },
    });
  });

  it('that is accepted makes the ticket theirs, once, however often they say yes', async () => {
    const sara = await sitDown();
    const waiting = await comesIn();
    const offer = await offered(sara);
    const accept = () => sara.caller.call(`/api/offers/${offer.id}/accept`, { method: 'POST' });
    expect((await accept()).body).toEqual({ ticketId: waiting.ticketId, conversationId: waiting.conversationId });
    expect((await accept()).status).toBe(200);
    expect(await scene.ownerOf(waiting.ticketId)).toBe(sara.id);
    expect(await ended(sara, offer.id)).toEqual({ id: offer.id, outcome: 'accepted' });
    expect(await typesOf(waiting)).toEqual(['work.queued', 'work.offered', 'work.accepted']);
    expect(await scene.loadOf(sara.id)).toEqual({ units: 5, classes: { async: 1 } });
    await sara.console.until('the load', () => sara.console.of<LoadView>('load.changed').at(-1)?.usedUnits === 5);
    expect((await sara.caller.call<LoadView>('/api/me/load')).body).toEqual({
      status: 'online',
      statusReason: null,
      statusBy: null,
      usedUnits: 5,
      capUnits: 100,
      missedOffers: 0,
      onShift: true,
      classes: [
        { class: 'voice', used: 0, cap: 1 },
        { class: 'chat', used: 0, cap: 3 },
        { class: 'async', used: 1, cap: 10 },
      ],
    });
  });

  it('that is declined goes to another with its place in line, and not to them again', async () => {
    const sara = await sitDown();
    const waiting = await comesIn();
    const before = await workOf(waiting);
    const offer = await offered(sara);
    const reza = await sitDown();
    const answer = await sara.caller.call(`/api/offers/${offer.id}/decline`, { body: { reason: 'not mine' } });
    expect(answer.status).toBe(204);
    expect(await offered(reza)).toMatchObject({ ticketId: waiting.ticketId });
    expect(await ended(sara, offer.id)).toEqual({ id: offer.id, outcome: 'declined' });
    expect(await workOf(waiting)).toEqual({ state: 'offered', excluded: [sara.id], rank: before?.rank });
    expect(await scene.loadOf(sara.id)).toEqual({ units: 0, classes: {} });
    expect((await scene.facts(waiting.ticketId)).filter(({ type }) => type === 'work.declined')).toMatchObject([
      { payload: { agentId: sara.id, assignmentId: offer.id, reason: 'not mine' } },
    ]);
  });

  it('that runs out goes back in line and counts as missed; two in a row set the agent away; an answer begins anew', async () => {
    const sara = await sitDown();
    const first = await comesIn();
    await runOut((await offered(sara)).id);
    await until(
      () => typesOf(first),
      (types) => types.at(-1) === 'work.queued' && types.length > 2,
    );
    expect(await typesOf(first)).toEqual(['work.queued', 'work.offered', 'work.expired', 'work.queued']);
    const second = await comesIn();
    await sara.caller.call(`/api/offers/${(await offered(sara, 2)).id}/accept`, { method: 'POST' });
    await comesIn();
    await runOut((await offered(sara, 3)).id);
    const third = await comesIn();
    await runOut((await offered(sara, 4)).id);
    await until(
      () => typesOf(third),
      (types) => types.includes('agent.away'),
    );
    await sara.console.until('the status', () =>
      sara.console
        .of<{ id: string; status: string }>('agent.state')
        .some(({ id, status }) => id === sara.id && status === 'away'),
    );
    expect((await sara.caller.call<LoadView>('/api/me/load')).body).toMatchObject({
      status: 'away',
      statusReason: 'no_answer',
      missedOffers: 2,
    });
    expect(await scene.ownerOf(second.ticketId)).toBe(sara.id);
    await sara.caller.call('/api/me', { method: 'PATCH', body: { status: 'online' } });
    expect((await sara.caller.call<LoadView>('/api/me/load')).body).toMatchObject({
      status: 'online',
      statusReason: null,
      missedOffers: 0,
    });
    expect(await findLoadDrift(hub.database)).toEqual([]);
  });

  it('is over when it is answered too late, and says who has the ticket by then', async () => {
    const sara = await sitDown();
    await comesIn();
    const offer = await offered(sara);
    await hub.database.query(`update agent set cap_units = 0 where id = $1`, [sara.id]);
    await runOut(offer.id);
    const late = await sara.caller.call(`/api/offers/${offer.id}/accept`, { method: 'POST' });
    expect(late).toMatchObject({ status: 410, body: { code: 'offer_over' } });
    expect((await sara.caller.call(`/api/offers/${offer.id}/decline`, { body: {} })).status).toBe(410);
    const reza = await sitDown();
    await reza.caller.call(`/api/offers/${(await offered(reza)).id}/accept`, { method: 'POST' });
    const taken = await sara.caller.call(`/api/offers/${offer.id}/accept`, { method: 'POST' });
    expect(taken).toMatchObject({
      status: 409,
      body: { code: 'already_taken', detail: expect.stringContaining('Agent') },
    });
  });

  it('to somebody else does not exist', async () => {
    const sara = await sitDown();
    await comesIn();
    const offer = await offered(sara);
    const other = await signedIn(hub, await scene.buildPresent({ isPresent: false }));
    expect((await other.call(`/api/offers/${offer.id}/accept`, { method: 'POST' })).status).toBe(404);
    expect((await other.call(`/api/offers/${offer.id}/decline`, { body: {} })).status).toBe(404);
    expect((await other.call(`/api/offers/${uuid()}/accept`, { method: 'POST' })).status).toBe(404);
  });

  it('is taken back when a colleague takes the ticket by hand, who is named', async () => {
    const sara = await sitDown();
    const waiting = await comesIn();
    const offer = await offered(sara);
    const reza = await sitDown({ columns: { status: 'away' } });
    const body = { agentId: reza.id, expected: null };
    expect((await reza.caller.call(`/api/tickets/${waiting.ticketId}/assignment`, { body })).status).toBe(200);
    expect(await ended(sara, offer.id)).toEqual({ id: offer.id, outcome: 'taken', byName: expect.any(String) });
    expect(await scene.loadOf(sara.id)).toEqual({ units: 0, classes: {} });
    expect(await typesOf(waiting)).toEqual(['work.queued', 'work.offered', 'work.revoked', 'work.accepted']);
  });

  it.each([
    ['is solved', { state: 'solved' as const }],
    ['moves to another queue', {}],
  ])('is taken back when its ticket %s', async (_what, change) => {
    const sara = await sitDown();
    const { ticketId } = await comesIn();
    const offer = await offered(sara);
    const other = await scene.buildQueue();
    const [row] = await hub.database.query<{ version: number }>('select version from ticket where id = $1', [ticketId]);
    const body = { version: row?.version, ...('state' in change ? change : { queueId: other }) };
    expect((await sara.caller.call(`/api/tickets/${ticketId}`, { method: 'PATCH', body })).status).toBe(200);
    expect(await ended(sara, offer.id)).toEqual({ id: offer.id, outcome: 'revoked' });
    expect(await scene.loadOf(sara.id)).toEqual({ units: 0, classes: {} });
  });
});

describe('an agent who is gone in the middle of an offer', () => {
  it('does not miss it: it goes to a colleague, and may come to them again', async () => {
    const sara = await sitElsewhere();
    const waiting = await comesIn();
    const [offer] = await until(
      () => offersTo(sara),
      (offers) => offers.length === 1,
    );
    const reza = await sitDown();
    await scene.lapse(sara.id);
    expect(await offered(reza)).toMatchObject({ ticketId: waiting.ticketId });
    expect(await workOf(waiting)).toMatchObject({ excluded: [] });
    expect((await scene.facts(waiting.ticketId)).filter(({ type }) => type === 'work.revoked')).toMatchObject([
      { payload: { agentId: sara.id, assignmentId: offer?.id, reason: 'agent_lost' } },
    ]);
    expect((await sara.caller.call<LoadView>('/api/me/load')).body).toMatchObject({ missedOffers: 0, usedUnits: 0 });
  });

  it('keeps it over a reload of the page', async () => {
    const sara = await sitDown();
    const waiting = await comesIn();
    const offer = await offered(sara);
    sara.console.socket.disconnect();
    await until(
      () => hub.database.query('select 1 from agent_presence where agent_id = $1', [sara.id]),
      (rows) => rows.length === 0,
    );
    const back = await openedConsole(hub, sara.id);
    consoles.push(back);
    expect(await offersTo(sara)).toMatchObject([{ id: offer.id }]);
    expect(await typesOf(waiting)).toEqual(['work.queued', 'work.offered']);
  });

  it('loses it some seconds after the last console was closed, and at once by saying that they are away', async () => {
    const sara = await sitDown();
    const reza = await sitDown({ columns: { last_assigned_at: new Date() } });
    const waiting = await comesIn();
    const offer = await offered(sara);
    await sara.caller.call('/api/me', { method: 'PATCH', body: { status: 'away' } });
    expect(await ended(sara, offer.id)).toEqual({ id: offer.id, outcome: 'revoked' });
    const second = await offered(reza);
    reza.console.socket.disconnect();
    await until(
      () => hub.database.query('select 1 from agent where id = $1 and left_at is not null', [reza.id]),
      (rows) => rows.length === 1,
    );
    await hub.database.query(`update agent set left_at = left_at - interval '5 s' where id = $1`, [reza.id]);
    await until(
      () => workOf(waiting),
      (work) => work?.state === 'queued',
    );
    expect((await scene.facts(waiting.ticketId)).filter(({ type }) => type === 'work.revoked')).toMatchObject([
      { payload: { assignmentId: offer.id } },
      { payload: { assignmentId: second.id } },
    ]);
  });
});

describe('work that everybody is asked about', () => {
  beforeEach(async () => {
    queueId = await scene.buildQueue({ strategy: 'broadcast', accept_secs: 30 });
  });

  it('is heard by all who could have it, and belongs to whoever says yes first', async () => {
    const sitting = [await sitDown(), await sitDown(), await sitDown()];
    const waiting = await comesIn();
    const offers = await Promise.all(sitting.map((one) => offered(one)));
    expect(offers.map(({ kind }) => kind)).toEqual(['broadcast', 'broadcast', 'broadcast']);
    expect(await workOf(waiting)).toMatchObject({ state: 'queued' });
    const answers = await Promise.all(
      sitting.map(({ caller }, index) => caller.call(`/api/offers/${offers[index]?.id}/accept`, { method: 'POST' })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await scene.ownerOf(waiting.ticketId)).toBe(sitting[winner]?.id);
    for (const [index, one] of sitting.entries()) {
      const end = await ended(one, offers[index]?.id ?? '');
      expect(end.outcome).toBe(index === winner ? 'accepted' : 'taken');
      expect(end.byName === undefined).toBe(index === winner);
    }
    expect(await typesOf(waiting)).toEqual(['work.queued', 'work.offered', 'work.accepted']);
    expect(await findLoadDrift(hub.database)).toEqual([]);
  });

  it('reaches whoever comes later as well, and not again those who said no', async () => {
    const sara = await sitDown();
    const waiting = await comesIn();
    const offer = await offered(sara);
    expect((await sara.caller.call(`/api/offers/${offer.id}/decline`, { body: {} })).status).toBe(204);
    const reza = await sitDown();
    expect(await offered(reza)).toMatchObject({ ticketId: waiting.ticketId });
    expect(sara.console.of('offer.made')).toHaveLength(1);
  });

  it('is asked about again when nobody answered in time', async () => {
    const sara = await sitDown();
    await comesIn();
    const offer = await offered(sara);
    await hub.database.query('update work_broadcast set expires_at = clock_timestamp() where id = $1', [offer.id]);
    expect(await ended(sara, offer.id)).toEqual({ id: offer.id, outcome: 'expired' });
    expect((await offered(sara, 2)).id).not.toBe(offer.id);
    expect((await sara.caller.call<LoadView>('/api/me/load')).body).toMatchObject({ missedOffers: 0 });
  });

  it('is asked of nobody about more than they could take', async () => {
    const sara = await sitDown({ caps: { async: 2 } });
    await comesIn();
    await comesIn();
    await comesIn();
    await offered(sara, 2);
    await scene.matchAll(queueId);
    expect(await offersTo(sara)).toHaveLength(2);
  });

  it('is refused to whoever has no room left for it', async () => {
    const sara = await sitDown();
    await comesIn();
    const offer = await offered(sara);
    await hub.database.query('update agent set cap_units = 4 where id = $1', [sara.id]);
    const answer = await sara.caller.call(`/api/offers/${offer.id}/accept`, { method: 'POST' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'full' } });
  });

  it('is over for all when its ticket is solved', async () => {
    const sara = await sitDown();
    const { ticketId } = await comesIn();
    const offer = await offered(sara);
    await hub.database.transaction((tx) => changeTicket(tx, { ticketId, version: 1, state: 'solved', by: null }));
    expect((await sara.caller.call(`/api/offers/${offer.id}/accept`, { method: 'POST' })).status).toBe(404);
  });
});
