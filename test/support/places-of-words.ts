import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportView, PersonExportView } from '#contract';
import type { ConnectedWorld } from './connected-world.js';
import { findTraces } from './find-traces.js';
import type { VisitorChat } from './live-client.js';
import { until } from './until.js';
import type { Receiver } from './webhook-receiver.js';

/** A chat, and everything that words about it may come to. */
export interface Ways {
  all: ConnectedWorld;
  receiver: Receiver;
  visitor: VisitorChat;
  token: string;
  customer: string;
  conversation: string;
}

/**
 * The places where the words are found: every table, file and the log, what visitors and webhooks were told, mails, transcripts, both
 * exports with notes, the search, the audit and the file for those who look for faults.
 */
export async function placesOf(ways: Ways, words: string): Promise<string[]> {
  const { all, receiver, visitor, conversation } = ways;
  const texts: Record<string, string> = {
    ...(await downloads(ways)),
    'the visitor': JSON.stringify([visitor.heard, await visitor.catchUp()]),
    'a webhook': receiver.told.map(({ body }) => body).join('\n'),
    'a mail': JSON.stringify(all.world.mail.sent),
    'the conversation': (await all.admin.call(`/api/conversations/${conversation}`)).text,
    'the search': (await all.admin.call(`/api/search?q=${words}`)).text,
  };
  const told = Object.entries(texts).flatMap(([place, text]) => (text.includes(words) ? [place] : []));
  const traces = (await findTraces(all.hub, [words])).map((trace) => trace.replace(/:.*$/su, ''));
  return [...new Set([...told, ...traces])].toSorted();
}

async function downloads({ all, token, customer }: Ways): Promise<Record<string, string>> {
  const { hub, admin, channels } = all;
  const file = (path: string, headers = admin.credentials): Promise<Buffer> =>
    fetch(hub.url + path, { headers }).then(async (reply) => Buffer.from(await reply.arrayBuffer()));
  const asked = await admin.call<ExportView>('/api/exports', {
    body: {
      kind: 'conversations',
      from: '2020-01-01',
      to: '2030-01-01',
      format: 'jsonl',
      zone: 'UTC',
      withNotes: true,
    },
  });
  if (asked.status !== 201) {
    throw new Error(`No export: ${asked.text}`);
  }
  const wanted = await admin.call<PersonExportView>(`/api/customers/${customer}/exports`, {
    body: { withNotes: true },
  });
  await until(
    async () => (await admin.call<ExportView>(`/api/exports/${asked.body.id}`)).body.state,
    (state) => state === 'done',
  );
  await until(
    async () => (await admin.call<PersonExportView[]>(`/api/customers/${customer}/exports`)).body,
    (made) => made.find(({ id }) => id === wanted.body.id)?.state === 'done',
  );
  return {
    'the transcript': (
      await file(`/api/chat/${channels.web}/transcript?locale=en&timeZone=UTC`, { authorization: `Bearer ${token}` })
    ).toString(),
    'the export': (await file(`/api/exports/${asked.body.id}/file`)).toString(),
    "the person's archive": await unpacked(
      hub.dataDir,
      await file(`/api/customers/${customer}/exports/${wanted.body.id}/file`),
    ),
    'the audit': (await file('/api/audit/download?format=jsonl')).toString(),
    'the diagnostics': (await file('/api/system/diagnostics')).toString(),
  };
}

const readAll = `import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); print('\\n'.join(z.read(n).decode('utf8','replace') for n in z.namelist()))`;

async function unpacked(folder: string, zip: Buffer): Promise<string> {
  const path = join(folder, 'fetched.zip');
  await writeFile(path, zip);
  return execFileSync('python3', ['-c', readAll, path], { encoding: 'utf8' });
}
