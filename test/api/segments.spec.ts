import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type {
  CustomerAttributeView,
  CustomerKnowledgeView,
  CustomerView,
  PurchasesTakenView,
  SegmentCountView,
  SegmentPreviewView,
  SegmentView,
  TierPreviewView,
  TierSettingsView,
} from '#contract';
import { factsOf, readFacts, type FactsRow } from '../../apps/hub/src/outreach/segments/person-facts.query.js';
import { SegmentMembers } from '../../apps/hub/src/outreach/segments/segment-members.service.js';
import { TierRuns } from '../../apps/hub/src/outreach/tiers/tier-runs.service.js';
import { compileSegment, evaluateSegment, usualTierTerms } from '../../libs/tickets/src/index.js';
import { PeopleDesk, type Writer } from '../support/people-desk.js';
import { anyCondition, randomPeople, usualConditions, writeCrowd, writePeople } from '../support/segment-world.js';
import { problem } from '../support/ticket-desk.js';

/** How many random conditions are asked of the random people: more by hand. */
const runs = Number(process.env['PEYK_SEGMENT_RUNS'] ?? 40);
/** Beside how many others segments are walked through: 50,000 and more by hand, where it is also looked at how long it takes. */
const crowd = Number(process.env['PEYK_SEGMENT_CROWD'] ?? 400);

let desk: PeopleDesk;
let number = 0;

beforeAll(async () => {
  desk = await PeopleDesk.start();
});
afterAll(() => desk?.hub.stop());

const call = <T = Record<string, unknown>>(path: string, body?: unknown, method?: string) =>
  desk.admin.call<T>(path, { ...(body !== undefined && { body }), ...(method !== undefined && { method }) });

async function attribute(wish: object = {}): Promise<string> {
  const key = `attribute_${String(++number)}`;
  const made = await call<CustomerAttributeView>('/api/customer-attributes', {
    key,
    kind: 'number',
    name: { en: key },
    ...wish,
  });
  expect(made.text).toContain('"version":1');
  return key;
}

const hear = (): Promise<Writer> => desk.hear({ address: `+9891212${String(10_000 + ++number)}` });
const setValues = (customer: string, values: object) =>
  call<CustomerKnowledgeView>(`/api/customers/${customer}/attributes`, { values }, 'PUT');
const known = async (customer: string) =>
  (await call<CustomerKnowledgeView>(`/api/customers/${customer}/knowledge`)).body;
const send = (purchases: object[], source = 'shop') =>
  call<PurchasesTakenView>('/api/purchases', { source, purchases });
const bought = (externalId: string, customer: object, more: object = {}) => ({
  externalId,
  amount: 1_000,
  currency: 'IRR',
  at: new Date().toISOString(),
  customer,
  ...more,
});

describe('what is known of a customer', () => {
  it('is set with values that fit, in the way that people write them', async () => {
    const [born, points] = [await attribute({ kind: 'birthday' }), await attribute()];
    const { customer } = await hear();
    const set = await setValues(customer, { [born]: '۱۳۷۰/۰۱/۰۱', [points]: 7 });
    expect(set.body.values).toEqual({ [born]: '1991-03-21', [points]: 7 });
    expect((await setValues(customer, { [points]: null })).body.values).toEqual({ [born]: '1991-03-21' });
    expect(problem(await setValues(customer, { [points]: 'many' }))).toEqual([422, 'not_a_number', `values.${points}`]);
    expect(problem(await setValues(customer, { nothing: 1 }))).toEqual([422, 'unknown_attribute', 'values.nothing']);
  });

  it('goes over to whom they are merged into, and comes back as it was', async () => {
    const [mine, both] = [await attribute(), await attribute()];
    const [one, other] = [await hear(), await hear()];
    await setValues(one.customer, { [mine]: 1, [both]: 1 });
    await setValues(other.customer, { [both]: 2 });
    await send([bought(`merge-${String(number)}`, { id: one.customer }, { amount: 500 })]);
    await call(`/api/customers/${one.customer}/merge`, { into: other.customer });
    const joined = await known(one.customer);
    expect(joined.values).toEqual({ [mine]: 1, [both]: 2 });
    expect(joined.purchases).toMatchObject({ count: 1, spent: [{ currency: 'IRR', amount: 500 }] });
    await setValues(one.customer, { [both]: 3 });
    await call(`/api/customers/${one.customer}/merge`, undefined, 'DELETE');
    expect((await known(one.customer)).values).toEqual({ [mine]: 1, [both]: 1 });
    expect(await known(other.customer)).toMatchObject({ values: { [both]: 3 }, purchases: { count: 0 } });
  });

  it('keeps an attribute that somebody has a value of', async () => {
    const key = await attribute({ kind: 'region', choices: [{ value: 'fars', name: { en: 'Fars', fa: 'فارس' } }] });
    const list = (await call<CustomerAttributeView[]>('/api/customer-attributes')).body;
    const { id } = list.find((one) => one.key === key) as CustomerAttributeView;
    await setValues((await hear()).customer, { [key]: 'فارس' });
    expect(problem(await call(`/api/customer-attributes/${id}`, undefined, 'DELETE'))[1]).toBe('in_use');
    const lost = await call(
      `/api/customer-attributes/${id}`,
      { version: 1, choices: [{ value: 'yazd', name: { en: 'Yazd' } }] },
      'PATCH',
    );
    expect(problem(lost)[1]).toBe('choice_in_use');
    expect((await desk.agent.call('/api/customer-attributes', { body: { key: 'a', kind: 'text' } })).status).toBe(403);
  });
});

describe('purchases', () => {
  it('are noted once, however often they are sent', async () => {
    const { address } = await hear();
    const sent = [bought('A-1', { phone: address }), bought('A-2', { externalId: 'crm-1', name: 'نرگس' })];
    expect((await send(sent)).body).toEqual({ created: 2, changed: 0, unchanged: 0, refused: [] });
    expect((await send(sent)).body).toEqual({ created: 0, changed: 0, unchanged: 2, refused: [] });
    const more = await send([bought('A-1', { phone: address }, { amount: 2_000, at: sent[0]?.at })]);
    expect(more.body).toMatchObject({ created: 0, changed: 1 });
    expect((await send([bought('A-1', { phone: address })], 'other shop')).body).toMatchObject({ created: 1 });
  });

  it('join nobody: two addresses of two customers are refused, and a new one is a claim', async () => {
    const [one, other] = [await hear(), await hear()];
    await desk.hub.database.query(
      `insert into identity (id, customer_id, kind, address, trust) values (gen_random_uuid(), $1, 'email', 'two@people.test', 'proven')`,
      [other.customer],
    );
    const sent = await send([
      bought('B-1', { phone: one.address, email: 'two@people.test' }),
      bought('B-2', { phone: one.address, email: 'new@people.test' }),
      bought('B-3', { email: 'new@people.test' }),
      bought('B-4', {}),
      bought('B-5', { phone: 'nobody' }),
    ]);
    expect(sent.body).toEqual({
      created: 2,
      changed: 0,
      unchanged: 0,
      refused: [
        { at: 0, field: 'customer', code: 'two_people' },
        { at: 3, field: 'customer', code: 'no_address' },
        { at: 4, field: 'customer.phone', code: 'not_a_phone' },
      ],
    });
    expect((await known(one.customer)).purchases.count).toBe(2);
    const { body } = await call<CustomerView>(`/api/customers/${one.customer}`);
    expect(body.claims.map(({ address }) => address)).toEqual(['new@people.test']);
  });
});

describe('a segment', () => {
  it('is in the database whom a look at each of them finds', async () => {
    const { database } = desk.hub;
    const roots = await writePeople(desk.hub, randomPeople(120, 42));
    const rows = await database.query<FactsRow & Record<string, unknown>>(readFacts, [roots]);
    const members = desk.hub.app.get(SegmentMembers);
    const moment = await members.moment();
    let somebody = 0;
    await fc.assert(
      fc.asyncProperty(anyCondition, async (condition) => {
        const wanted = rows
          .filter((row) => evaluateSegment(condition, factsOf(row), moment).holds)
          .map(({ id }) => id)
          .toSorted();
        somebody += wanted.length > 0 && wanted.length < roots.length ? 1 : 0;
        for (const shape of ['all', 'few'] as const) {
          const { joins, where, values } = compileSegment(condition, moment, { shape, first: 2 });
          const found = await database.query<{ id: string }>(
            `select r.id from customer r ${joins} where r.id = any ($1::uuid[]) and ${where} order by r.id`,
            [roots, ...values],
          );
          expect(found.map(({ id }) => id)).toEqual(wanted);
        }
      }),
      { numRuns: runs, seed: 7 },
    );
    // Conditions that hold for all or nobody would prove nothing.
    expect(somebody).toBeGreaterThan(runs / 5);
  });

  it('is walked through in pages, each person once', async () => {
    const key = await attribute();
    const wanted: string[] = [];
    for (let index = 0; index < 7; index++) {
      const { customer } = await hear();
      await setValues(customer, { [key]: index });
      wanted.push(customer);
    }
    const made = await call<SegmentView>('/api/segments', {
      name: `Pages ${key}`,
      condition: { field: 'attribute', key, op: 'at_least', value: 2 },
    });
    const members = desk.hub.app.get(SegmentMembers);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await members.each(desk.hub.database, made.body.id, after, 2);
      seen.push(...page.customerIds);
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(wanted.slice(2).toSorted());
    expect(await members.among(desk.hub.database, made.body.id, wanted.slice(0, 4))).toEqual(
      wanted.slice(2, 4).toSorted(),
    );
  });

  it('is as many as are walked through beside a crowd', async () => {
    await writeCrowd(desk.hub, crowd);
    const members = desk.hub.app.get(SegmentMembers);
    const moment = await members.moment();
    for (const condition of usualConditions) {
      const count = await members.count(condition, 20_000);
      let [walked, slowest, after] = [0, 0, null as string | null];
      do {
        const began = performance.now();
        const page = await members.page(desk.hub.database, condition, { moment, after, limit: 1_000 });
        slowest = Math.max(slowest, performance.now() - began);
        walked += page.customerIds.length;
        after = page.next;
      } while (after !== null);
      expect([condition, walked]).toEqual([condition, count]);
      if (crowd >= 50_000) {
        expect([condition, slowest < 1_500]).toEqual([condition, true]);
      }
    }
  }, 120_000);

  it('is counted, and previewed with why each one is in it', async () => {
    const key = await attribute();
    const { customer, conversation } = await hear();
    await setValues(customer, { [key]: 12 });
    const condition = { all: [{ field: 'attribute', key, op: 'at_least', value: 10 }, { not: { field: 'tier', op: 'at_least', value: 9 } }] }; // prettier-ignore
    const made = await call<SegmentView>('/api/segments', { name: `Known ${key}`, condition });
    expect(made.body).toMatchObject({ condition, version: 1, counted: null, missing: [] });
    expect((await call<SegmentCountView>(`/api/segments/${made.body.id}/count`, {})).body).toEqual({ count: 1 });
    const listed = await call<SegmentView[]>('/api/segments');
    expect(listed.body.find(({ id }) => id === made.body.id)?.counted).toBe(1);
    const preview = await call<SegmentPreviewView>('/api/segments/preview', { condition });
    expect(preview.body.rows).toMatchObject([
      { customerId: customer, conversationId: conversation, why: { holds: true, all: [{ holds: true, saw: 12 }, {}] } },
    ]);
    expect(preview.body.hasMore).toBe(false);
  });

  it('refuses what cannot be asked, by its place, and changes by version', async () => {
    const made = await call<SegmentView>('/api/segments', { name: 'Everybody', condition: { all: [] } });
    const create = (condition: object) => call('/api/segments', { name: 'x', condition });
    expect(problem(await create({ all: [{ field: 'weather', op: 'is' }] }))).toEqual([422, 'invalid', 'condition.all.0.field']); // prettier-ignore
    expect(problem(await create({ field: 'tier', op: 'is', value: 12 }))[2]).toBe('condition.value');
    expect(problem(await create({ field: 'attribute', key: 'gone', op: 'is_known' }))[1]).toBe('unknown_name');
    expect(problem(await call('/api/segments', { name: 'Everybody', condition: { all: [] } }))[1]).toBe('name_taken');
    const path = `/api/segments/${made.body.id}`;
    expect((await call(path, { version: 1, name: 'All of them' }, 'PATCH')).body['version']).toBe(2);
    expect(problem(await call(path, { version: 1, name: 'Late' }, 'PATCH'))[1]).toBe('stale');
    expect((await desk.agent.call('/api/segments')).status).toBe(403);
    expect((await call(path, undefined, 'DELETE')).status).toBe(204);
  });
});

describe('tiers', () => {
  const change = async (enabled: boolean) => {
    const { body } = await call<TierSettingsView>('/api/customer-tiers');
    return call<TierSettingsView>(
      '/api/customer-tiers',
      { version: body.version, enabled, terms: { ...usualTierTerms, value: [1, 2, 3, 4] } },
      'PUT',
    );
  };

  it('follow from what somebody bought, say why, and never move one that was set by hand', async () => {
    const [buyer, chosen, idle] = [await hear(), await hear(), await hear()];
    const buy = (name: string, { customer }: Writer) =>
      Array.from({ length: 12 }, (_, at) => bought(`${name}-${String(at)}`, { id: customer }));
    await send([...buy('T', buyer), ...buy('U', chosen)]);
    await desk.admin.call(`/api/customers/${chosen.customer}`, { method: 'PATCH', body: { tier: 1 } });
    const preview = await call<TierPreviewView>('/api/customer-tiers/preview', {
      terms: { ...usualTierTerms, value: [1, 2, 3, 4] },
    });
    expect(preview.body.tiers.find(({ tier }) => tier === 3)?.people).toBeGreaterThan(0);
    expect((await change(true)).body).toMatchObject({ enabled: true });
    await desk.hub.app.get(TierRuns).look();
    await desk.hub.app.get(TierRuns).look();
    expect((await known(buyer.customer)).tier).toMatchObject({
      tier: 3,
      source: 'value',
      score: { score: 100, points: { recency: 4, frequency: 4, value: 4 }, facts: { purchases: 12 } },
    });
    expect((await known(chosen.customer)).tier).toMatchObject({ tier: 1, source: 'hand', by: expect.any(String) });
    expect((await known(idle.customer)).tier).toMatchObject({ tier: 0, source: 'none' });
    const { body } = await call<TierSettingsView>('/api/customer-tiers');
    expect(body.lastRun?.changed).toBeGreaterThan(0);
    expect(Date.parse(body.dueAt as string)).toBeGreaterThan(Date.now());
    await call(`/api/customers/${chosen.customer}/hand-tier`, undefined, 'DELETE');
    await change(true);
    await desk.hub.app.get(TierRuns).look();
    await desk.hub.app.get(TierRuns).look();
    expect((await known(chosen.customer)).tier).toMatchObject({ tier: 3, source: 'value' });
  });
});
