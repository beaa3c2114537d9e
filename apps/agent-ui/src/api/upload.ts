import { v7 as uuid } from 'uuid';
import type { AttachmentView } from '#contract';
import { problemOf, unreachable } from './problem.js';

interface Upload {
  conversation: string;
  file: File;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends one file's bytes. XMLHttpRequest, because fetch cannot say how much has gone out. */
export function upload({ conversation, file, onProgress, signal }: Upload): Promise<AttachmentView> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', `/api/attachments?conversation=${encodeURIComponent(conversation)}`);
    call.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    call.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    call.setRequestHeader('Idempotency-Key', uuid());
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
