import type { RefObject } from 'react';
import type { AttachmentView, CannedFileView } from '#contract';
import { changeDraft, draftAt, draftKey, type WritingKind } from '../../../api/drafts.js';
import { unfilledAt } from './slash-word.js';

interface Insertion {
  conversation: string;
  kind: WritingKind;
  /** Where the text goes: what stands between is replaced. */
  at: { from: number; to: number };
  text: string;
  files?: CannedFileView[];
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Puts a text into the draft and the caret behind it, or onto the first variable that is not filled in. */
export function insertText({ conversation, kind, at, text, files = [], field }: Insertion): void {
  const key = draftKey(conversation, kind);
  const { body, attachments } = draftAt(key);
  changeDraft(key, {
    body: body.slice(0, at.from) + text + body.slice(at.to),
    attachments: [...attachments, ...files.map(attached)],
  });
  // Once the field shows the new text.
  setTimeout(() => {
    const unfilled = unfilledAt(text);
    field.current?.focus();
    field.current?.setSelectionRange(
      at.from + (unfilled?.from ?? text.length),
      at.from + (unfilled?.to ?? text.length),
    );
  });
}

function attached({ id, name, mediaType, bytes }: CannedFileView): AttachmentView {
  return { id, name, mediaType, bytes, state: 'stored', url: `/api/attachments/${id}` };
}
