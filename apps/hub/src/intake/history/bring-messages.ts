import { v7 as uuid } from 'uuid';
import { matchKey } from '#channels';
import type { Transaction } from '../../database/database.js';
import type { StoredFile } from '../../platform/storage/file-storage.js';
import type { Place } from './bring-person.js';
import { addFiles, addMessages, markRead, noteBrought } from './bring.query.js';
import { inOrder } from './in-order.js';

export interface MessageRow {
  key: string;
  ticket: string;
  direction: 'in' | 'out' | 'internal' | null;
  body: string;
  at: Date;
  hasFiles: boolean;
  person: string;
  authorName: string;
  authorEmail: string;
  isStaff: boolean;
  /** Its author is the person whose ticket it is. */
  isOwn: boolean;
}

export type KeptFile = StoredFile & { message: string; name: string };

export interface Written {
  source: string;
  agents: ReadonlyMap<string, string>;
  tickets: ReadonlyMap<string, string>;
  channelOf: (ticket: string) => string;
  files: readonly KeptFile[];
}

/** Writes messages behind what the conversation holds, with the times that they have. Nobody is told of them. */
export async function bringMessages(
  tx: Transaction,
  place: Place,
  said: readonly MessageRow[],
  how: Written,
): Promise<void> {
  const rows = inOrder(said, place.lastAt).map((one) => ({ key: one.key, ...rowOf(one, place, how) }));
  await tx.query(addMessages, [place.conversation, JSON.stringify(rows)]);
  const ids = new Map(rows.map(({ key, id }) => [key, id]));
  const files = how.files.flatMap(({ message, name, mediaType, bytes, sha256, key }) => {
    const id = ids.get(message);
    return id === undefined
      ? []
      : [{ id: uuid(), message: id, name, media_type: mediaType, bytes, sha256, storage_key: key }];
  });
  if (files.length > 0) {
    await tx.query(addFiles, [place.conversation, JSON.stringify(files)]);
  }
  await tx.query(noteBrought, [
    how.source,
    'message',
    JSON.stringify(rows.map(({ key, id }) => ({ key, target: id }))),
  ]);
  await tx.query(markRead, [place.conversation]);
}

/** Where only the author tells, those who are known as customers wrote to us. */
function directionOf({ direction, isOwn, isStaff }: MessageRow): 'in' | 'out' | 'internal' {
  return direction ?? (isOwn || !isStaff ? 'in' : 'out');
}

function rowOf(said: MessageRow, { identity }: Place, { agents, tickets, channelOf }: Written) {
  const direction = directionOf(said);
  const theirs = direction === 'in' && said.isOwn ? identity : null;
  return {
    id: uuid(),
    channel: direction === 'internal' ? null : channelOf(said.ticket),
    // What went out went to them.
    identity: direction === 'out' ? identity : theirs,
    ticket: tickets.get(said.ticket),
    at: said.at,
    direction,
    ...writerOf(said, direction === 'in', theirs !== null, agents),
    kind: direction === 'internal' ? 'note' : 'text',
    body: said.body,
    search: matchKey(said.body),
  };
}

/** Who has neither an account nor an address here is kept by name. */
function writerOf(said: MessageRow, isTheirs: boolean, isKnown: boolean, agents: Written['agents']) {
  const agent = isTheirs ? null : (agents.get(said.authorEmail.toLowerCase()) ?? null);
  const isNamed = agent === null && !isKnown && said.authorName !== '';
  return {
    author: isTheirs ? 'customer' : 'agent',
    author_id: agent,
    content: isNamed ? { writer: said.authorName } : {},
  };
}
