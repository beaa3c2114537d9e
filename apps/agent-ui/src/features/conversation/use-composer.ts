import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { ConversationView, ReplyWay } from '#contract';
import { changeDraft, draftKey, dropDraft, useDraft, wayKey, type Draft, type WritingKind } from '../../api/drafts.js';
import type { Outgoing } from '../../api/hub.js';
import { findFileProblem } from './file-limits.js';
import { mailOf, useMail, type Mailing } from './mail/use-mail.js';
import type { Waiting } from './outbox.js';
import { useSend } from './use-send.js';
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
  const uploads = useUploads(view.id, key);
  const typing = useTypingSignal(view.id);
  const send = useSend();

  const excess = excessOf(draft, way);
  const hasWay = kind === 'note' || way?.unavailable === null;
  const fileProblem = findFileProblem(draft.attachments, way);
  const isWhole = excess === 0 && uploads.uploading.length === 0 && !(mailing?.lacks ?? fileProblem);
  const maySend = hasWords(draft) && hasWay && isWhole;

  const change = (next: Partial<Draft>) => {
    changeDraft(key, next);
    if (kind === 'text' && next.body !== undefined) {
      typing.typed();
    }
  };
  const submit = () => {
    if (!maySend) {
      return;
    }
    typing.stopped();
    dropDraft(key);
    setSent((count) => count + 1);
    if (way) {
      changeDraft(key, { way: wayKey(way) });
    }
    void send(waiting(view, outgoing(kind, draft, way && { way, mailing }), way));
  };
  return {
    kind,
    setKind,
    draft,
    change,
    way,
    mailing,
    sent,
    uploads,
    excess,
    fileProblem,
    maySend,
    submit,
    stoppedTyping: typing.stopped,
  };
}

export type Composing = ReturnType<typeof useComposer>;

/** How many characters are more than the way takes. */
function excessOf({ body }: Draft, way: ReplyWay | undefined): number {
  return way?.textLimit ? Math.max(0, body.length - way.textLimit) : 0;
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
