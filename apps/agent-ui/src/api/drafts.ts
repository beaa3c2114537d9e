import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { AttachmentView, ReplyWay } from '#contract';

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
}

const blank: Draft = { body: '', attachments: [] };

interface Drafts {
  drafts: Record<string, Draft>;
}

/** Drafts by conversation and kind: a note can never end up in a reply, nor in another conversation. */
const useDrafts = create<Drafts>()(
  persist((): Drafts => ({ drafts: {} }), {
    name: 'peyk.drafts',
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
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }));
}

export function dropDraft(key: string): void {
  useDrafts.setState(({ drafts }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([one]) => one !== key)),
  }));
}
