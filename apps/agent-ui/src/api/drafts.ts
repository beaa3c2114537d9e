import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { AttachmentView, ReplyWay } from '#contract';
import { windowsStorage } from './windows-storage.js';

export type WritingKind = 'text' | 'note';

/** What was begun and not sent. `way` is the key of the chosen way to reply; unset means the best one. */
export interface Draft {
  body: string;
  subject?: string | undefined;
  way?: string | undefined;
  /** The mail thread to continue, or `new`; unset means the one that the way continues. */
  threadId?: string | undefined;
  cc?: string[] | undefined;
  bcc?: string[] | undefined;
  quote?: boolean | undefined;
  ticketId?: string | undefined;
  attachments: AttachmentView[];
  /** The latest message when it was begun. */
  seen?: string | undefined;
  /** It holds what was begun in several parts of a person who were merged. */
  joined?: boolean | undefined;
}

const blank: Draft = { body: '', attachments: [] };

interface Drafts {
  drafts: Record<string, Draft>;
  /** What the hub does not have yet, by key: changed here, or dropped here. */
  unkept: Record<string, true>;
  /** Who wrote them; somebody else at this browser begins with none. */
  writer?: string | undefined;
  /** What others at this browser wrote and the hub does not have, by writer: they find it again. */
  parked: Record<string, Record<string, Draft>>;
}

/** Drafts by conversation and kind: a note can never end up in a reply, nor in another conversation. */
export const useDrafts = create<Drafts>()(
  persist((): Drafts => ({ drafts: {}, unkept: {}, parked: {} }), {
    name: 'peyk.drafts',
    storage: windowsStorage<Drafts>(
      ({ drafts, unkept, writer, parked }) => ({ drafts, unkept, parked, of: { ...(writer && { writer }) } }),
      ({ drafts, unkept, of, parked }) => ({ drafts, unkept, parked, ...of }) as Drafts,
    ),
  }),
);

/** Names a way to reply, for drafts and selects. */
export function wayKey({ channelId, identityId, threadId }: ReplyWay): string {
  return [channelId, identityId, threadId ?? ''].join(' ');
}

export function draftKey(conversation: string, kind: WritingKind): string {
  return `${conversation}:${kind}`;
}

export function draftAt(key: string): Draft {
  return useDrafts.getState().drafts[key] ?? blank;
}

export function useDraft(key: string): Draft {
  return useDrafts(({ drafts }) => drafts[key]) ?? blank;
}

/** Whether something is begun for a conversation, of either kind. */
export function useHasDraft(conversation: string): boolean {
  return useDrafts(({ drafts }) =>
    (['text', 'note'] as const).some((kind) => Boolean(drafts[draftKey(conversation, kind)]?.body.trim())),
  );
}

export function changeDraft(key: string, change: Partial<Draft>): void {
  const draft = { ...draftAt(key), ...change };
  useDrafts.setState(({ drafts, unkept }) => ({
    drafts: { ...drafts, [key]: draft },
    unkept: { ...unkept, [key]: true },
  }));
}

export function dropDraft(key: string): void {
  useDrafts.setState(({ drafts, unkept }) => ({ drafts: without(drafts, key), unkept: { ...unkept, [key]: true } }));
}

/** The hub has this of a draft: `null` where there is none. What was changed here since is not overwritten. */
export function learnDraft(key: string, draft: Draft | null): void {
  useDrafts.setState(({ drafts, unkept }) =>
    unkept[key] ? {} : { drafts: draft === null ? without(drafts, key) : { ...drafts, [key]: draft } },
  );
}

/** The hub has a draft as it was when `kept` was read; one that was changed since is to be kept again. */
export function markKept(key: string, kept: Draft | undefined): void {
  useDrafts.setState(({ drafts, unkept }) => (drafts[key] === kept ? { unkept: without(unkept, key) } : {}));
}

/** Drafts are their writer's alone, also where several people share a browser. */
export function beWriter(writer: string): void {
  if (useDrafts.getState().writer !== writer) {
    // With what other windows have written: none of it may stay behind as somebody else's.
    void useDrafts.persist.rehydrate();
  }
  const { writer: before, drafts, unkept, parked } = useDrafts.getState();
  if (before === undefined) {
    // From a time when drafts were the browser's alone.
    useDrafts.setState({ unkept: marksOf(drafts), writer });
  } else if (before !== writer) {
    const own = parked[writer] ?? {};
    const left = Object.fromEntries(Object.entries(drafts).filter(([key]) => unkept[key]));
    useDrafts.setState({
      drafts: own,
      unkept: marksOf(own),
      writer,
      parked: { ...without(parked, writer), ...(Object.keys(left).length > 0 && { [before]: left }) },
    });
  }
}

function marksOf(drafts: Record<string, Draft>): Record<string, true> {
  return Object.fromEntries(Object.keys(drafts).map((key) => [key, true as const]));
}

/** Whether there is anything in it worth keeping. */
export function isBegun(draft: Draft | undefined): draft is Draft {
  return draft !== undefined && (draft.body.trim() !== '' || draft.attachments.length > 0);
}

function without<Value>(all: Record<string, Value>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== key));
}
