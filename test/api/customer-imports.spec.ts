import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  CustomerAttributeView,
  CustomerKnowledgeView,
  ImportFaultView,
  ImportPreviewView,
  ImportTermsView,
  ImportView,
} from '#contract';
import { ImportRuns } from '../../apps/hub/src/outreach/imports/import-runs.service.js';
import { ImportedPeople } from '../../apps/hub/src/outreach/people/imported-people.service.js';
import { PeopleDesk } from '../support/people-desk.js';
import { problem } from '../support/ticket-desk.js';

let desk: PeopleDesk;

beforeAll(async () => {
  // Its own jobs stay asleep: imports are done here, when it suits.
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
  const attributes = [
    { key: 'region', kind: 'region', name: { en: 'Region', fa: 'استان' }, choices: [{ value: 'kerman', name: { fa: 'کرمان' } }] },
    { key: 'born', kind: 'birthday', name: { en: 'Birthday', fa: 'تاریخ تولد' } },
    { key: 'points', kind: 'number', name: { en: 'Points', fa: 'امتیاز' } },
  ]; // prettier-ignore
  for (const body of attributes) {
    await desk.admin.call<CustomerAttributeView>('/api/customer-attributes', { body });
  }
});
afterAll(() => desk?.hub.stop());

const toByte = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1256').decode(Uint8Array.of(byte)), byte])); // prettier-ignore
const windows1256 = (text: string) =>
  Uint8Array.from(Array.from(text.replaceAll('ی', 'ي'), (letter) => toByte.get(letter) ?? 63));
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const call = <T>(path: string, body?: unknown) => desk.admin.call<T>(path, body === undefined ? {} : { body });

async function give(content: string | Uint8Array, kind = 'attributes'): Promise<ImportView> {
  const answer = await desk.admin.call<ImportView>(`/api/customer-imports?kind=${kind}`, {
    file: { name: 'مشتریان.csv', type: 'text/csv', content },
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

const preview = (id: string, terms?: object) =>
  call<ImportPreviewView>(`/api/customer-imports/${id}/preview`, terms ? { terms } : {});

/** Starts an import, and does it here. */
async function run(given: ImportView, terms: Partial<ImportTermsView> = {}): Promise<ImportView> {
  const started = await call<ImportView>(`/api/customer-imports/${given.id}/start`, {
    terms: { ...given.terms, ...terms },
  });
  expect(started.body).toMatchObject({ state: 'running' });
  await desk.hub.app.get(ImportRuns).run(given.id);
  return (await call<ImportView>(`/api/customer-imports/${given.id}`)).body;
}

async function knownBy(address: string): Promise<CustomerKnowledgeView & { name: string }> {
  const [row] = await desk.hub.database.query<{ id: string; name: string }>(
    `select distinct r.id, r.name from customer r join customer k on coalesce(k.merged_into, k.id) = r.id
     left join identity i on i.customer_id = k.id left join identity_claim l on l.customer_id = k.id
     where $1 in (i.address, l.address)`,
    [address],
  );
  const known = await call<CustomerKnowledgeView>(`/api/customers/${row?.id ?? ''}/knowledge`);
  return { ...known.body, name: row?.name ?? '' };
}

const head = 'نام,موبایل,استان,تاریخ تولد,امتیاز';

describe('a table of customers', () => {
  it.each([
    ['utf-8', '۰۹۱۲۱۱۱۰۰۰۱', (text: string) => text],
    ['utf-16le', '۰۹۱۲۱۱۱۰۰۰۲', utf16],
    ['windows-1256', '09121110003', windows1256],
  ] as const)('is read from %s, with its columns by their Persian names', async (encoding, phone, write) => {
    const given = await give(write(`${head}\r\nسارا,${phone},كرمان,1370/01/01,"1,250"\r\n`));
    expect(given).toMatchObject({ name: 'مشتریان.csv', state: 'draft', terms: { encoding, delimiter: ',' } });
    expect(given.terms.columns).toEqual(['name', 'phone', 'attribute:region', 'attribute:born', 'attribute:points']);
    expect(await run(given)).toMatchObject({ state: 'done', linesDone: 1, created: 1, refused: 0, progress: 1 });
    const address = `+98912111000${phone.at(-1) === '3' ? '3' : encoding === 'utf-8' ? '1' : '2'}`;
    expect(await knownBy(address)).toMatchObject({
      name: 'سارا',
      values: { region: 'kerman', born: '1991-03-21', points: 1250 },
    });
  });

  it('names what is wrong with each line, by its number in the file', async () => {
    const given = await give(
      `phone;points;region\n+989121110100;7;kerman\n\n12;many;"کرمان\nx"\n;3;\n+989121110101;;\n`,
    );
    const shown = (await preview(given.id)).body;
    expect(shown).toMatchObject({ terms: { delimiter: ';' }, header: ['phone', 'points', 'region'], problems: [] });
    expect(shown.rows.map(({ line, faults }) => [line, faults.map(({ field, code }) => `${field} ${code}`)])).toEqual([
      [2, []],
      [4, ['phone not_a_phone', 'attribute:points not_a_number', 'attribute:region not_a_choice']],
      [6, [' no_address']],
      [7, []],
    ]);
    expect(await run(given)).toMatchObject({ state: 'done', linesDone: 4, created: 2, refused: 2 });
    const faults = (await call<ImportFaultView[]>(`/api/customer-imports/${given.id}/faults`)).body;
    expect(faults.map(({ line }) => line)).toEqual([4, 4, 4, 6]);
    const file = await call<string>(`/api/customer-imports/${given.id}/faults.csv?language=fa`);
    expect(file.body).toContain('"4","phone","شماره تلفن نیست","12"');
  });

  it('takes no harm from what a stranger wrote: formulas, zeroes, quotation marks that nobody closed', async () => {
    const hostile = await give(
      ['name,phone,points', '"=cmd|x",+989121130001,=1+1', 'Nul\u0000l,+989121130002,5', 'a,@SUM(A1),1'].join('\n'),
    );
    const done = await run(hostile);
    expect(done).toMatchObject({ state: 'done', created: 1, refused: 2 });
    expect((await knownBy('+989121130002')).name).toBe('Null');
    const file = await desk.admin.call(`/api/customer-imports/${done.id}/faults.csv?language=en`);
    expect(file.text).toContain(`"'=1+1"`);
    expect(file.text).toContain(`"'@SUM(A1)"`);
    const endless = await give(`name,phone\nAli,+989121130003\n"${'x'.repeat(1_200_000)}`);
    expect(await run(endless, { columns: ['name', 'phone'] })).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/^\w+$/u),
    });
    expect((await desk.agent.call('/api/customer-imports')).status).toBe(403);
  });

  it('changes nothing when it is given again, and only what is other when it is other', async () => {
    const table = 'customer id,points\nC-1,1\nC-2,2\n';
    expect(await run(await give(table))).toMatchObject({ created: 2 });
    expect(await run(await give(table))).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    expect(await run(await give(table.replace('2\n', '5\n')))).toMatchObject({ created: 0, changed: 1, unchanged: 1 });
    expect(await run(await give('customer id,points\nC-9,1\n'), { createMissing: false })).toMatchObject({
      refused: 1,
    });
  });

  it('is refused to begin until somebody says who the lines are about', async () => {
    const given = await give('a,b\n1,2\n');
    expect((await preview(given.id)).body.problems).toEqual(['no_person_column']);
    expect(problem(await call(`/api/customer-imports/${given.id}/start`, {}))).toEqual([
      422,
      'no_person_column',
      'terms.columns',
    ]);
    expect((await desk.agent.call('/api/customer-imports')).status).toBe(403);
  });

  it('is forgotten when nobody began it for a month', async () => {
    const { id } = await give('phone,points\n+989121140001,5');
    await desk.hub.database.query(
      `update customer_import set created_at = clock_timestamp() - interval '31 days' where id = $1`,
      [id],
    );
    await desk.hub.app.get(ImportRuns).forgetFiles();
    expect(problem(await preview(id))[1]).toBe('file_gone');
  });
});

describe('a table of purchases', () => {
  const orders = (count: number) =>
    ['order,phone,amount,date', ...Array.from({ length: count }, (_, at) => `O-${String(at)},+9891300${String(10_000 + at)},"1,000",1405/01/01 10:30`)].join('\n'); // prettier-ignore

  it('goes on where it was stopped, and does no line twice', async () => {
    const given = await give(orders(700), 'purchases');
    const people = desk.hub.app.get(ImportedPeople);
    const find = people.find.bind(people);
    const spy = jest.spyOn(people, 'find');
    spy.mockImplementationOnce(find).mockImplementationOnce(() => {
      throw Object.assign(new Error('the server goes down'), { code: '57P01' });
    });
    await expect(run(given, { currency: 'IRT', source: 'till' })).rejects.toThrow('The database is away.');
    spy.mockRestore();
    const half = (await call<ImportView>(`/api/customer-imports/${given.id}`)).body;
    expect(half).toMatchObject({ state: 'running', linesDone: 300, created: 300 });
    const runs = desk.hub.app.get(ImportRuns);
    // Two nodes may take it up at once.
    await Promise.all([runs.run(given.id), runs.run(given.id)]);
    const whole = (await call<ImportView>(`/api/customer-imports/${given.id}`)).body;
    expect(whole).toMatchObject({ state: 'done', linesDone: 700, created: 700, changed: 0, unchanged: 0, refused: 0 });
    const known = await knownBy('+989130010000');
    expect(known.purchases).toMatchObject({
      count: 1,
      spent: [{ currency: 'IRR', amount: 10_000 }],
      lately: [{ externalId: 'O-0', source: 'till' }],
    });
    expect(Date.parse(known.purchases.lastAt ?? '')).toBe(Date.parse('2026-03-21T07:00:00Z'));
  });
});
