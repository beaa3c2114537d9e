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
  /** Whose they are. */
  writer?: string | undefined;
}

/** Where the drafts of a writer are: a page that is still another's writes among its own, whoever has signed in since. */
const placeOf = (writer: string) => `peyk.drafts.${writer}`;

const storage = windowsStorage<Drafts>(
  ({ drafts, unkept }) => ({ drafts, unkept }),
  ({ drafts, unkept }) => ({ drafts, unkept }) as Drafts,
);

/** Drafts by conversation and kind: a note can never end up in a reply, nor in another conversation. */
export const useDrafts = create<Drafts>()(
  persist((): Drafts => ({ drafts: {}, unkept: {} }), { name: placeOf(''), skipHydration: true, storage }),
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
    const own = keptAt(placeOf(writer));
    useDrafts.persist.setOptions({ name: placeOf(writer) });
    useDrafts.setState({ ...own, writer });
    forgetOthers(placeOf(writer));
  }
}

function keptAt(place: string): Drafts {
  const kept = storage.getItem(place) as { state: Drafts } | null;
  return kept?.state ?? { drafts: {}, unkept: {} };
}

/** Of what others wrote at this browser only what the hub does not have stays: they find it again. */
function forgetOthers(own: string): void {
  const places = Object.keys(localStorage).filter((place) => place.startsWith(placeOf('')) && place !== own);
  for (const place of places) {
    const { drafts, unkept } = keptAt(place);
    const left = Object.fromEntries(Object.entries(drafts).filter(([key]) => unkept[key]));
    if (Object.keys(unkept).length > 0) {
      void storage.setItem(place, { state: { drafts: left, unkept } });
    } else {
      void storage.removeItem(place);
    }
  }
}

/** Whether there is anything in it worth keeping. */
export function isBegun(draft: Draft | undefined): draft is Draft {
  return draft !== undefined && (draft.body.trim() !== '' || draft.attachments.length > 0);
}

function without<Value>(all: Record<string, Value>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== key));
}
