import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { parseEmailApart } from '#channels';
import type { AttachmentView, MessageView, Page } from '#contract';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import type { Caller } from '../support/build-rows.js';
import { listRows, startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';

const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200), Buffer.from('PE')]);
const script = Buffer.from('#!/bin/sh\nrm -rf ~\n');

let connected: ConnectedWorld;

beforeAll(async () => {
  connected = await startConnectedWorld();
});
afterAll(() => connected.close());

/** What storage holds, half written files included. */
async function storedFiles(): Promise<number> {
  const names = await readdir(join(connected.hub.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).length;
}

/** A customer's message with files, as a channel's adapter reads it. */
async function receive(files: { name: string; bytes: Buffer }[]): Promise<string> {
  const address = `+1415555${String(Math.floor(Math.random() * 9000) + 1000)}`;
  await connected.hub.app.get(Receiving, { strict: false }).take({ id: connected.channels.sms, kind: 'sms' }, [
    {
      type: 'message',
      externalId: uuid(),
      raw: Buffer.from('x'),
      from: { kind: 'phone', address, trust: 'channel_given', name: address },
      claims: [],
      sentAt: null,
      kind: 'text',
      text: 'open this please',
      attachments: files.map(({ name, bytes }) => ({
        name,
        mediaType: 'application/pdf',
        contentId: null,
        source: { bytes },
      })),
      mail: null,
      replyTo: null,
      flags: [],
    },
  ]);
  const row = (await listRows(connected.admin, 'open')).find(({ customer }) => customer.name === address);
  return row?.conversation ?? '';
}

async function filesOf(conversation: string): Promise<AttachmentView[]> {
  const { body } = await connected.admin.call<Page<MessageView>>(`/api/conversations/${conversation}/messages`);
  return body.rows.flatMap(({ attachments }) => attachments);
}

async function upload(caller: Caller, conversation: string, name: string, content: Buffer) {
  const answer = await caller.call<{ status: number; code: string; detail: string }>(
    `/api/attachments?conversation=${conversation}`,
    { file: { name, content } },
  );
  return answer.body;
}

describe('a program', () => {
  it('that a customer sends comes in with its message, by name, and nobody opens it', async () => {
    const conversation = await receive([
      { name: 'invoice.exe', bytes: Buffer.from('anything') },
      { name: 'invoice.pdf', bytes: program },
      { name: 'notes', bytes: script },
      { name: 'notes.txt', bytes: Buffer.from('hello') },
    ]);
    const files = await filesOf(conversation);
    expect(files.map(({ name, state }) => [name, state])).toEqual([
      ['invoice.exe', 'quarantined'],
      ['invoice.pdf', 'quarantined'],
      ['notes', 'quarantined'],
      ['notes.txt', 'stored'],
    ]);
    const statuses = await Promise.all(
      files.map(async ({ id }) => (await connected.admin.call(`/api/attachments/${id}`)).status),
    );
    expect(statuses).toEqual([404, 404, 404, 200]);
  });

  it('stays held back when its mail is read again', async () => {
    const raw = Buffer.from(
      'From: exe@files.example\r\nTo: support@peyk.test\r\nMessage-ID: <exe@files>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n' +
        '--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b\r\nContent-Type: application/pdf; name=a.exe\r\n\r\nrun me\r\n--b--\r\n',
    );
    const context = { envelopeTo: [], envelopeFrom: null, accountAddresses: [], verdict: 'none' as const };
    const receiving = connected.hub.app.get(Receiving, { strict: false });
    await receiving.take({ id: connected.channels.email, kind: 'email' }, [await parseEmailApart(raw, context)]);
    const [row] = await connected.hub.database.query<{ id: string }>('select id from message where mail_id = $1', [
      '<exe@files>',
    ]);
    const again = await connected.admin.call<MessageView>(`/api/messages/${row?.id ?? ''}/reparse`, { method: 'POST' });
    expect(again.body.attachments.map(({ name, state }) => [name, state])).toEqual([['a.exe', 'quarantined']]);
    expect((await connected.admin.call(again.body.attachments[0]?.url ?? '')).status).toBe(404);
  });

  it.each([
    ['a.exe', Buffer.from('anything'), '.exe'],
    ['a.pdf', program, 'application/x-msdownload'],
    ['deploy', script, 'text/x-shellscript'],
  ])('is not sent from here, and the answer names its kind: %s', async (name, content, type) => {
    const conversation = await receive([]);
    const before = await storedFiles();
    const answer = await upload(connected.agent, conversation, name, content);
    expect(answer).toMatchObject({ status: 415, code: 'file_type', field: 'x-file-name' });
    expect(answer.detail).toContain(`(${type})`);
    expect(await storedFiles()).toBe(before);
  });
});
