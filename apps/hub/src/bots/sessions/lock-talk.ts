import type { Transaction } from '../../database/database.js';
import { lockTalk, partsOfTalk, type TalkPart } from './bot-session.query.js';

/** A person's conversation under lock. `root`: who they are; `now`: the database's clock, in milliseconds of the epoch. */
export interface LockedTalk {
  root: string;
  now: number;
  parts: TalkPart[];
  /** The revs that readers knew before. */
  before: { id: string; rev: number }[];
}

/** People were merged or parted while their rows were waited for: everything starts over, as its code asks for. */
class TalkMoved extends Error {
  readonly code = '40001';
}

/** Locks every conversation row of the person whom a conversation belongs to; null where it is gone. */
export async function lockTalkOf(tx: Transaction, conversationId: string): Promise<LockedTalk | null> {
  const locked = await tx.query<TalkPart & Record<string, unknown>>(lockTalk, [conversationId]);
  const parts = await readParts(tx, conversationId);
  const [first] = parts;
  if (!first) {
    return null;
  }
  if (parts.some(({ id }) => !locked.some((row) => row.id === id))) {
    throw new TalkMoved('people were merged while a bot waited for them');
  }
  return { root: first.root, now: first.now, parts, before: parts.map(({ id, rev }) => ({ id, rev })) };
}

/** Who speaks there, as it is by now in this transaction. */
export function readParts(
  tx: Transaction,
  conversationId: string,
): Promise<(TalkPart & { root: string; now: number })[]> {
  return tx.query<TalkPart & { root: string; now: number } & Record<string, unknown>>(partsOfTalk, [conversationId]);
}

const holders = 'holder_follows_bot, holder_follows_work, holder_follows_assignment';

/**
 * Derives at once who speaks, instead of at the commit: what a bot writes is checked against it. Whoever speaks with a person is told
 * on every row of theirs.
 */
export async function deriveHolder(tx: Transaction, talk: LockedTalk): Promise<LockedTalk> {
  await tx.query(`set constraints ${holders} immediate`);
  await tx.query(`set constraints ${holders} deferred`);
  const [first] = talk.parts;
  return { ...talk, parts: await readParts(tx, first?.id ?? '') };
}
