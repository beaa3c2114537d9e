import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { ConversationView, ReplyWay } from '#contract';
import { changeDraft, draftKey, dropDraft, useDraft, type Draft, type WritingKind } from '../../api/drafts.js';
import type { Outgoing } from '../../api/hub.js';
import { useSend } from './use-send.js';
import { useTypingSignal } from './use-typing-signal.js';
import { useUploads } from './use-uploads.js';
import { chooseWay, wayKey } from './ways.js';

/** What is being written, over which way it would go, and whether it may. */
export function useComposer(view: ConversationView) {
  const [kind, setKind] = useState<WritingKind>('text');
  const key = draftKey(view.id, kind);
  const draft = useDraft(key);
  const way = kind === 'text' ? chooseWay(view.ways, draft.way) : undefined;
  const uploads = useUploads(view.id, key);
  const typing = useTypingSignal(view.id);
  const send = useSend();

  const excess = way?.textLimit ? Math.max(0, draft.body.length - way.textLimit) : 0;
  const hasWords = draft.body.trim() !== '' || draft.attachments.length > 0;
  const hasWay = kind === 'note' || (way !== undefined && way.unavailable === null);
  const maySend = hasWords && hasWay && excess === 0 && uploads.uploading.length === 0;

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
    if (way) {
      changeDraft(key, { way: wayKey(way) });
    }
    void send({
      person: view.id,
      message: outgoing(kind, draft, way),
      at: new Date().toISOString(),
      channelKind: way?.channelKind ?? null,
      state: 'sending',
      problem: null,
    });
  };
  return { kind, setKind, draft, change, way, uploads, excess, maySend, submit, stoppedTyping: typing.stopped };
}

export type Composing = ReturnType<typeof useComposer>;

function outgoing(kind: WritingKind, draft: Draft, way: ReplyWay | undefined): Outgoing {
  return {
    id: uuid(),
    kind,
    body: draft.body.trim(),
    ...(way && routeOf(way, draft)),
    ...(draft.attachments.length > 0 && { attachmentIds: draft.attachments.map(({ id }) => id) }),
  };
}

function routeOf(way: ReplyWay, { ticketId, subject = way.subject ?? '' }: Draft): Partial<Outgoing> {
  return {
    channelId: way.channelId,
    identityId: way.identityId,
    ...(way.threadId && { threadId: way.threadId }),
    ...(way.channelKind === 'email' && subject && { subject }),
    ...(ticketId && { ticketId }),
  };
}
