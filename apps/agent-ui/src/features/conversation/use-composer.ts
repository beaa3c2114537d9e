import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { AfterSendView, ConversationView, ReplyWay } from '#contract';
import { changeDraft, draftKey, dropDraft, useDraft, wayKey, type Draft, type WritingKind } from '../../api/drafts.js';
import type { Outgoing } from '../../api/hub.js';
import { goOn } from './go-on.js';
import { findFileProblem } from './file-limits.js';
import { unfilledAt } from './kept/slash-word.js';
import { mailOf, useMail, type Mailing } from './mail/use-mail.js';
import type { Waiting } from './outbox.js';
import { undoSecondsOf, useSend } from './use-send.js';
import { useTypingSignal } from './use-typing-signal.js';
import { useUploads } from './use-uploads.js';
import { chooseWay } from './ways.js';

/** What is being written, over which way it would go, and whether it may. */
export function useComposer(view: ConversationView) {
  const [kind, setKind] = useState<WritingKind>('text');
  const [sent, setSent] = useState(0);
  const key = draftKey(view.id, kind);
  const draft = useDraft(key);
  const way = kind === 'text' ? chooseWay(view.ways, draft.way) : undefined;
  const mailing = useMail(view, way, draft);
  const uploads = useUploads(view.id, key, way);
  const typing = useTypingSignal(view.id);
  const send = useSend();

  const { maySend, ...limits } = weigh(kind, draft, way, { uploads, mailing });

  const change = (next: Partial<Draft>) => {
    const begins = kind === 'text' && draft.body === '' && Boolean(next.body);
    changeDraft(key, begins ? { ...next, seen: latestOf(view) } : next);
    if (kind === 'text' && next.body !== undefined) {
      typing.typed();
    }
  };
  const submit = (afterwards?: AfterSendView) => {
    if (maySend) {
      typing.stopped();
      beginAnew(key, way);
      setSent((count) => count + 1);
      const { attachments } = draft;
      const message = {
        ...outgoing(kind, draft, way && { way, mailing }),
        ...(afterwards && kind === 'text' && { afterwards }),
      };
      const one = { ...waiting(view, message, way), attachments };
      void send(one);
      moveOn(one);
    }
  };
  return {
    kind,
    setKind,
    draft,
    change,
    /** Of the reply, whichever of the two is being written. */
    changeReply: (next: Partial<Draft>) => changeDraft(draftKey(view.id, 'text'), next),
    way,
    mailing,
    sent,
    uploads,
    ...limits,
    maySend,
    submit,
    stoppedTyping: typing.stopped,
  };
}

interface Beside {
  uploads: ReturnType<typeof useUploads>;
  mailing: Mailing | undefined;
}

/** What of it the way would not take, and whether it may go. */
function weigh(kind: WritingKind, draft: Draft, way: ReplyWay | undefined, { uploads, mailing }: Beside) {
  const excess = excessOf(draft, way);
  const fileProblem = findFileProblem(draft.attachments, way);
  const isUnfilled = kind === 'text' && unfilledAt(draft.body) !== null;
  const isUp = uploads.uploading.every(({ problem }) => problem !== null);
  const isWhole = !isUnfilled && excess === 0 && isUp && !(mailing?.lacks ?? fileProblem);
  return { excess, fileProblem, isUnfilled, maySend: hasWords(draft) && isWhole && isOpen(kind, way) };
}

/** What can be taken back is taken back here; what is done leaves its writer free for the next. */
function moveOn(one: Waiting): void {
  if (one.message.afterwards?.do === 'solve' && undoSecondsOf(one) === 0) {
    goOn();
  }
}

export type Composing = ReturnType<typeof useComposer>;

/** The latest message that stands above what is begun. */
function latestOf({ messages }: ConversationView): string | undefined {
  return messages.reduce<ConversationView['messages'][number] | undefined>(
    (latest, one) => (latest === undefined || one.at > latest.at ? one : latest),
    undefined,
  )?.id;
}

/** What was written is on its way; the next goes the same way. */
function beginAnew(key: string, way: ReplyWay | undefined): void {
  dropDraft(key);
  if (way) {
    changeDraft(key, { way: wayKey(way) });
  }
}

/** How many characters are more than the way takes. */
function excessOf({ body }: Draft, way: ReplyWay | undefined): number {
  return way?.textLimit ? Math.max(0, body.length - way.textLimit) : 0;
}

function isOpen(kind: WritingKind, way: ReplyWay | undefined): boolean {
  return kind === 'note' || way?.unavailable === null;
}

function hasWords({ body, attachments }: Draft): boolean {
  return body.trim() !== '' || attachments.length > 0;
}

function waiting({ id }: ConversationView, message: Outgoing, way: ReplyWay | undefined): Waiting {
  const at = new Date().toISOString();
  return { person: id, message, at, channelKind: way?.channelKind ?? null, state: 'sending', problem: null };
}

interface Route {
  way: ReplyWay;
  mailing: Mailing | undefined;
}

function outgoing(kind: WritingKind, draft: Draft, route: Route | undefined): Outgoing {
  return {
    id: uuid(),
    kind,
    body: draft.body.trim(),
    ...(route && routeOf(route, draft)),
    ...(kind === 'text' && draft.seen !== undefined && { seen: draft.seen }),
    ...(draft.attachments.length > 0 && { attachmentIds: draft.attachments.map(({ id }) => id) }),
  };
}

function routeOf({ way, mailing }: Route, { ticketId }: Draft): Partial<Outgoing> {
  return {
    channelId: way.channelId,
    identityId: way.identityId,
    ...(mailing ? mailOf(mailing) : way.threadId && { threadId: way.threadId }),
    ...(ticketId && { ticketId }),
  };
}
