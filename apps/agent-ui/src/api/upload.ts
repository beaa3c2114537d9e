import { v7 as uuid } from 'uuid';
import type { AttachmentView } from '#contract';
import { isProblem, problemOf, unreachable } from './problem.js';
import { noteEnd, pageOwner, untilSignedIn } from './session-state.js';

interface Upload {
  conversation: string;
  file: File;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends one file's bytes; again from the beginning where the session ended meanwhile. Throws ProblemError. */
export async function upload(wish: Upload): Promise<AttachmentView> {
  const owner = pageOwner();
  for (;;) {
    await untilSignedIn(wish.signal);
    try {
      return await uploadOnce(wish, owner);
    } catch (error) {
      if (!isProblem(error, 'unauthenticated') || !noteEnd()) {
        throw error;
      }
    }
  }
}

/** XMLHttpRequest, because fetch cannot say how much has gone out. */
function uploadOnce(
  { conversation, file, onProgress, signal }: Upload,
  owner: string | undefined,
): Promise<AttachmentView> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', `/api/attachments?conversation=${encodeURIComponent(conversation)}`);
    call.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    call.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    call.setRequestHeader('Idempotency-Key', uuid());
    if (owner !== undefined) {
      call.setRequestHeader('X-Agent', owner);
    }
    call.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
    call.onerror = () => reject(unreachable());
    call.onabort = () => reject(unreachable());
    call.onload = () => {
      if (call.status < 300) {
        resolve(JSON.parse(call.responseText) as AttachmentView);
      } else {
        reject(problemOf(call.status, call.responseText));
      }
    };
    signal.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}
