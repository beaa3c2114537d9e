import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type {
  CannedFileView,
  CannedReplyView,
  MessageView,
  OfferedReplyView,
  ReplyTrialView,
  ReplyVariableView,
  WrittenReplyView,
} from '#contract';
import { CannedFiles } from '../../apps/hub/src/desk/canned-replies/canned-files.service.js';
import { CannedTexts } from '../../apps/hub/src/desk/canned-replies/canned-texts.service.js';
import { UploadSweeper } from '../../apps/hub/src/desk/attachments/upload.sweeper.js';
import type { Answered, Caller } from '../support/build-rows.js';
import { PeopleDesk, type Writer } from '../support/people-desk.js';

let desk: PeopleDesk;
let sara: Writer;
let count = 0;

beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
  sara = await desk.hear({ address: '+989121110001', name: 'سارا احمدی' });
});

afterAll(() => desk?.hub.stop());

type Refusable = { code?: string; field?: string; detail?: string };
const fresh = (what: string): string => `${what}${String((count += 1))}`;
const texts = (en: string, fa = ''): object => ({ texts: { en, fa } });
const post = (body: object, caller = desk.admin): Promise<Answered<CannedReplyView & Refusable>> =>
  caller.call('/api/canned-replies', { body: { short: fresh('short'), title: fresh('Title '), ...body } });
const make = async (body: object, caller = desk.admin): Promise<CannedReplyView> => (await post(body, caller)).body;
const patch = (id: string, body: object, caller = desk.admin): Promise<Answered<CannedReplyView & Refusable>> =>
  caller.call(`/api/canned-replies/${id}`, { method: 'PATCH', body });
const find = async (q: string, writer = sara, more = '', caller = desk.agent): Promise<OfferedReplyView[]> =>
  (
    await caller.call<OfferedReplyView[]>(
      `/api/conversations/${writer.conversation}/canned-replies?q=${encodeURIComponent(q)}${more}`,
    )
  ).body;
const write = async (id: string, writer = sara, body: object = {}): Promise<WrittenReplyView> =>
  (await desk.agent.call<WrittenReplyView>(`/api/conversations/${writer.conversation}/canned-replies/${id}`, { body }))
    .body;
const send = (body: string, more: object = {}, writer = sara): Promise<Answered<MessageView & Refusable>> =>
  desk.agent.call(`/api/conversations/${writer.conversation}/messages`, {
    body: { id: uuid(), kind: 'text', body, channelId: desk.channel.id, identityId: writer.identity, ...more },
  });

async function upload(caller: Caller, name: string, content: string): Promise<CannedFileView> {
  const answer = await caller.call<CannedFileView>('/api/canned-replies/files', { file: { name, content } });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('canned replies', () => {
  it('are written for the customer at hand, in their language', async () => {
    const reply = await make(
      texts('Hello {{ customer.first_name }}', 'سلام {{ customer.first_name }}، {{ agent.name }} هستم.'),
    );
    expect(await write(reply.id)).toEqual({ text: 'سلام سارا، Sara هستم.', locale: 'fa', missing: [], files: [] });
    expect(await write(reply.id, sara, { locale: 'en' })).toMatchObject({ text: 'Hello سارا', locale: 'en' });
  });

  it('are written in the language that they have, where they lack the wished one', async () => {
    const reply = await make(texts('Only English'));
    expect(await write(reply.id)).toMatchObject({ text: 'Only English', locale: 'en' });
  });

  it('know the ticket at hand, its queue and its custom fields', async () => {
    await desk.hub.database.query(
      `insert into ticket_field (id, key, kind, name, choices) values ($1, 'plan', 'choice', '{"en": "Plan", "fa": "طرح"}',
         '[{"value": "gold", "name": {"en": "Gold", "fa": "طلایی"}}]')`,
      [uuid()],
    );
    const { conversation } = sara;
    await desk.hub.database.query(
      `update ticket set fields = '{"plan": "gold"}', subject = 'بسته' where conversation_id = $1`,
      [conversation],
    );
    const reply = await make(texts('', 'طرح {{ ticket.fields.plan }}، «{{ ticket.subject }}»، {{ ticket.number }}'));
    expect((await write(reply.id)).text).toMatch(/^طرح طلایی، «بسته»، [۰-۹]+$/u);
    const names = (await desk.agent.call<ReplyVariableView[]>('/api/canned-replies/variables')).body.map(
      ({ name }) => name,
    );
    expect(names).toContain('ticket.fields.plan');
  });

  it('know what is known of the customer, and mark what is not', async () => {
    await desk.hub.database.query(
      `insert into customer_attribute (id, key, kind, name, choices) values
         ($1, 'region', 'region', '{"en": "Region"}', '[{"value": "fars", "name": {"en": "Fars", "fa": "فارس"}}]'),
         ($2, 'born_on', 'birthday', '{"en": "Birthday"}', '[]'), ($3, 'visits', 'number', '{"en": "Visits"}', '[]')`,
      [uuid(), uuid(), uuid()],
    );
    await desk.hub.database.query(
      `update customer set fields = fields || '{"region": "fars", "born_on": "1990-03-21"}'
       where id = (select customer_id from conversation where id = $1)`,
      [sara.conversation],
    );
    const reply = await make(
      texts(
        '',
        '{{ customer.attributes.region }} {{ customer.attributes.born_on | date: "short" }} {{ customer.attributes.visits }}',
      ),
    );
    const { text, missing } = await write(reply.id);
    expect(text).toMatch(/^فارس [۰-۹/]*۱۳۶۹[۰-۹/]* ⟦customer\.attributes\.visits⟧$/u);
    expect(missing).toEqual(['customer.attributes.visits']);
  });

  it('mark what is missing, and no message with a marker is sent', async () => {
    const nameless = await desk.hear({ kind: 'email', address: 'nobody@example.org' }, desk.mail);
    const byMail = { channelId: desk.mail.id, subject: 'About your order' };
    const reply = await make(texts('Dear {{ customer.name }},', 'درود {{ customer.name }}،'));
    const written = await write(reply.id, nameless);
    expect(written).toMatchObject({ text: 'Dear ⟦customer.name⟧,', missing: ['customer.name'] });
    const refused = await send(written.text, byMail, nameless);
    expect(refused).toMatchObject({ status: 422, body: { code: 'unfilled_variable', field: 'body' } });
    expect(refused.body.detail).toBe('“customer.name” is not filled in. Write it, or take it out.');
    expect((await send('درود دوست گرامی،', byMail, nameless)).status).toBe(201);
    expect((await send(written.text, { kind: 'note' }, nameless)).status).toBe(201);
  });

  it('say with `fallback` what stands for a missing one', async () => {
    const nameless = await desk.hear({ address: '+989121110003' });
    const reply = await make(texts('', 'سلام {{ customer.first_name | fallback: "دوست عزیز" }}'));
    expect(await write(reply.id, nameless)).toMatchObject({ text: 'سلام دوست عزیز', missing: [] });
  });

  it.each([
    ['Hi {{ customer.nmae }}', 'unknown_variable', 'Line 1, column 7: there is no variable “customer.nmae”.'],
    ['a\n{{ customer.name | shout }}', 'unknown_filter', 'Line 2, column 1: there is no filter “shout”.'],
    ['{% for a in b %}{% endfor %}', 'unknown_tag', 'Line 1, column 1: “for” cannot be used here.'],
    ['{{ customer.name', 'syntax', 'Line 1, column 1: this is not finished or not understood.'],
  ])('are not saved with a mistake: %j', async (text, code, detail) => {
    const refused = await post(texts('', text));
    expect(refused).toMatchObject({
      status: 422,
      body: { code, field: 'texts.fa', detail },
    });
    const { body } = await desk.agent.call<ReplyTrialView>('/api/canned-replies/trial', {
      body: { text, locale: 'fa' },
    });
    expect(body).toMatchObject({ text: '', fault: { why: code } });
  });

  it('are tried on an imagined customer, with a word on what may be missing', async () => {
    const text = 'Hi {{ customer.name }}{{ customer.company | fallback: "" }}, {{ ticket.number }}';
    const { body } = await desk.agent.call<ReplyTrialView>('/api/canned-replies/trial', {
      body: { text, locale: 'en' },
    });
    expect(body).toEqual({ text: 'Hi Sara AhmadiBlue Sky Ltd., 1024', fault: null, risky: ['customer.name'] });
  });

  it.each([
    [{ short: 'two words' }, 'short'],
    [{ short: '؟!' }, 'short'],
    [{ texts: { en: ' ', fa: '' } }, 'texts'],
    [{ queueIds: [uuid()] }, 'queueIds'],
    [{ fileIds: [uuid()] }, 'fileIds'],
    [{ channelKinds: ['pigeon'] }, 'channelKinds.0'],
  ])('are refused with %j', async (wrong, field) => {
    const refused = await post({ ...texts('x'), ...wrong });
    expect(refused).toMatchObject({
      status: 422,
      body: { field: expect.stringContaining(field.split('.')[0] as string) },
    });
  });

  it('have short names of their own, however they are spelled', async () => {
    await make({ short: 'هزينه‌ها', ...texts('x') });
    expect(await post({ short: 'هزینه‌ها', ...texts('y') })).toMatchObject({
      status: 409,
      body: { code: 'name_taken' },
    });
    expect((await post({ short: 'هزینه‌ها', personal: true, ...texts('y') }, desk.agent)).status).toBe(201);
  });

  it('are changed by one at a time', async () => {
    const reply = await make(texts('one'));
    const changed = await patch(reply.id, { version: 1, title: 'New', texts: { en: 'two', fa: '' } });
    expect(changed.body).toMatchObject({ version: 2, title: 'New', texts: { en: 'two', fa: '' }, short: reply.short });
    expect(await patch(reply.id, { version: 1, title: 'Late' })).toMatchObject({
      status: 409,
      body: { code: 'stale' },
    });
  });
});

describe('whose a canned reply is', () => {
  it('personal ones are their owner’s alone', async () => {
    const own = await make({ short: 'mine', personal: true, ...texts('my own words') }, desk.agent);
    expect(own.personal).toBe(true);
    expect((await find('mine')).map(({ id }) => id)).toContain(own.id);
    expect((await find('mine', sara, '', desk.admin)).map(({ id }) => id)).not.toContain(own.id);
    expect((await desk.admin.call('/api/canned-replies')).text).not.toContain('my own words');
    expect((await patch(own.id, { title: 'x' })).status).toBe(404);
    expect((await desk.admin.call(`/api/canned-replies/${own.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await patch(own.id, { title: 'x' }, desk.agent)).status).toBe(200);
    const written = await desk.admin.call(`/api/conversations/${sara.conversation}/canned-replies/${own.id}`, {
      body: {},
    });
    expect(written.status).toBe(404);
  });

  it('everybody’s are changed by supervisors', async () => {
    const shared = await make(texts('for all'));
    expect(await post(texts('x'), desk.agent)).toMatchObject({ status: 403, body: { code: 'shared_kept' } });
    expect((await patch(shared.id, { title: 'x' }, desk.agent)).status).toBe(403);
    expect((await desk.agent.call(`/api/canned-replies/${shared.id}`, { method: 'DELETE' })).status).toBe(403);
  });

  it('nobody finds them at a person whom they may not read', async () => {
    const stranger = await desk.member(null);
    const found = await stranger.call(`/api/conversations/${sara.conversation}/canned-replies?q=`);
    expect(found.status).toBe(404);
  });

  it('each act is in the audit', async () => {
    const { id } = await make(texts('x'));
    await patch(id, { title: 'y' });
    await desk.admin.call(`/api/canned-replies/${id}`, { method: 'DELETE' });
    const acts = await desk.hub.database.query(
      `select action from audit where entry::jsonb ->> 'subject' = $1 order by at`,
      [id],
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'canned_reply.created',
      'canned_reply.changed',
      'canned_reply.removed',
    ]);
  });
});

describe('the search after a slash', () => {
  it.each(['می خواهم', 'ميخواهم', 'می‌خواهم', 'خواهشمندم کالا', 'كالای برگشتي'])(
    'finds, typed %j, what is spelled otherwise',
    async (typed) => {
      const kept = await find('برگشت‌کالا');
      const reply =
        kept[0] ??
        (await make({
          short: 'برگشت‌کالا',
          title: 'کالای برگشتی',
          texts: { en: '', fa: 'می‌خواهم خواهشمندم کالا را بفرستید' },
        }));
      expect((await find(typed))[0]?.id).toBe(reply.id);
    },
  );

  it('offers the most used first, with what it would say', async () => {
    const [one, other] = [
      await make({ short: 'usage-a', ...texts('A {{ customer.name }}') }),
      await make({ short: 'usage-b', ...texts('B') }),
    ];
    expect((await find('usage')).map(({ short }) => short)).toEqual(['usage-a', 'usage-b']);
    await write(other.id);
    const offered = await find('usage');
    expect(offered.map(({ id }) => id)).toEqual([other.id, one.id]);
    expect(offered[1]).toMatchObject({ text: 'A سارا احمدی', missing: [], unfit: null, used: 0 });
    expect(offered[0]?.used).toBe(1);
  });

  it('shows last, and says why, what is for other queues or channels', async () => {
    const other = (await desk.admin.call<{ id: string }>('/api/queues', { body: { name: fresh('Queue ') } })).body;
    await make({ short: 'scope-q', queueIds: [other.id], ...texts('x') });
    await make({ short: 'scope-c', channelKinds: ['email'], ...texts('x') });
    await make({ short: 'scope-z', queueIds: [desk.queue], channelKinds: ['messages'], ...texts('x') });
    const offered = await find('scope');
    expect(offered.map(({ short, unfit }) => [short, unfit])).toEqual([
      ['scope-z', null],
      ['scope-c', 'channel'],
      ['scope-q', 'queue'],
    ]);
    const byMail = await find('scope', sara, `&channelId=${desk.mail.id}`);
    expect(byMail.find(({ short }) => short === 'scope-c')?.unfit).toBeNull();
  });

  it('follows a queue that another one stands in for', async () => {
    const gone = (await desk.admin.call<{ id: string }>('/api/queues', { body: { name: fresh('Queue ') } })).body;
    await make({ short: 'moved-queue', queueIds: [gone.id], ...texts('x') });
    await desk.hub.database.query('update queue set retired_at = now(), moved_to = $2 where id = $1', [
      gone.id,
      desk.queue,
    ]);
    expect((await find('moved-queue'))[0]?.unfit).toBeNull();
  });
});

describe('files of a canned reply', () => {
  it('go with every message as a copy of its own', async () => {
    const file = await upload(desk.admin, 'راهنما.txt', 'how it is done');
    const reply = await make({ ...texts('See the file.'), fileIds: [file.id] });
    expect(reply.files).toEqual([file]);
    const written = await write(reply.id);
    expect(written.files).toEqual([{ ...file, id: expect.any(String) }]);
    const copy = written.files[0] as CannedFileView;
    expect(copy.id).not.toBe(file.id);
    const note = await send(written.text, { kind: 'note', attachmentIds: [copy.id] });
    expect(note.body.attachments).toMatchObject([{ id: copy.id, name: 'راهنما.txt' }]);
    await desk.admin.call(`/api/canned-replies/${reply.id}`, { method: 'DELETE' });
    await desk.hub.app.get(CannedFiles, { strict: false }).sweep(new Date(Date.now() + 25 * 3_600_000));
    expect(await desk.hub.database.query('select 1 from canned_file where id = $1', [file.id])).toEqual([]);
    expect((await desk.agent.call(`/api/attachments/${copy.id}`)).text).toBe('how it is done');
  });

  it('are taken away a day after they were given up, and copies that were not sent too', async () => {
    const file = await upload(desk.admin, 'a.txt', 'a');
    const reply = await make({ ...texts('x'), fileIds: [file.id] });
    const written = await write(reply.id);
    const files = desk.hub.app.get(CannedFiles, { strict: false });
    const later = new Date(Date.now() + 25 * 3_600_000);
    await files.sweep(later);
    expect((await write(reply.id)).files).toHaveLength(1);
    await patch(reply.id, { fileIds: [] });
    await files.sweep(new Date());
    expect(await desk.hub.database.query('select 1 from canned_file where id = $1', [file.id])).toHaveLength(1);
    await files.sweep(later);
    expect(await desk.hub.database.query('select 1 from canned_file where id = $1', [file.id])).toEqual([]);
    await desk.hub.app.get(UploadSweeper, { strict: false }).sweep(later);
    expect((await desk.agent.call(`/api/attachments/${written.files[0]?.id ?? ''}`)).status).toBe(404);
  });

  it('are nobody else’s to take', async () => {
    const file = await upload(desk.agent, 'a.txt', 'a');
    expect(await post({ ...texts('x'), fileIds: [file.id] })).toMatchObject({
      status: 422,
      body: { field: 'fileIds' },
    });
  });
});

describe('canned replies that rules and macros write', () => {
  it('are rendered, or say what is missing, or that they are gone', async () => {
    const nameless = await desk.hear({ address: '+989121110009' });
    const texter = desk.hub.app.get(CannedTexts, { strict: false });
    const ticketOf = async ({ conversation }: Writer): Promise<string> =>
      (
        (
          await desk.hub.database.query<{ id: string }>('select id from ticket where conversation_id = $1', [
            conversation,
          ])
        )[0] as { id: string }
      ).id;
    const reply = await make(texts('', 'سلام {{ customer.name }}'));
    const wish = { cannedReplyId: reply.id, actorId: null };
    expect(await texter.render(desk.hub.database, { ...wish, ticketId: await ticketOf(sara) })).toEqual({
      outcome: 'rendered',
      text: 'سلام سارا احمدی',
      attachmentIds: [],
      locale: 'fa',
    });
    expect(await texter.render(desk.hub.database, { ...wish, ticketId: await ticketOf(nameless) })).toEqual({
      outcome: 'missing',
      variables: ['customer.name'],
    });
    const own = await make({ personal: true, ...texts('x') }, desk.agent);
    const ofOwn = { cannedReplyId: own.id, ticketId: await ticketOf(sara) };
    expect(await texter.render(desk.hub.database, { ...ofOwn, actorId: null })).toEqual({ outcome: 'absent' });
    expect(await texter.render(desk.hub.database, { ...ofOwn, actorId: desk.agentId })).toMatchObject({
      outcome: 'rendered',
    });
  });
});
