import { useEffect } from 'react';
import { v7 as uuid } from 'uuid';
import { create } from 'zustand';
import type { ReplyWay } from '#contract';
import { changeDraft, draftAt } from '../../api/drafts.js';
import { upload } from '../../api/upload.js';
import { useProblemText } from '../../ui/problem-text.js';
import { findFileProblem, type FileProblem } from './file-limits.js';

export interface Uploading {
  id: string;
  conversation: string;
  /** The draft it was begun for; it ends up there wherever its writer has gone meanwhile. */
  draft: string;
  file: File;
  share: number;
  stop: AbortController;
  /** Why it did not come up, or would not be taken; null while it is on its way. */
  problem: string | FileProblem | null;
}

/** Files on their way up, of every conversation: whoever looks at another one meanwhile finds them as far as they came. */
const useUploading = create<{ all: Uploading[] }>()(() => ({ all: [] }));

function change(id: string, what: Partial<Uploading>): void {
  useUploading.setState(({ all }) => ({ all: all.map((one) => (one.id === id ? { ...one, ...what } : one)) }));
}

function drop(id: string): void {
  useUploading.setState(({ all }) => ({ all: all.filter((one) => one.id !== id) }));
}

/** What the way would not take is told before a byte of it goes up. */
function problemOf({ name, size, type }: File, way: ReplyWay | undefined): FileProblem | null {
  return findFileProblem([{ name, bytes: size, mediaType: type }], way);
}

async function bring(
  { id, conversation, draft, file, stop }: Uploading,
  say: (error: unknown) => string,
): Promise<void> {
  try {
    const onProgress = (share: number) => change(id, { share });
    const attachment = await upload({ conversation, file, onProgress, signal: stop.signal });
    changeDraft(draft, { attachments: [...draftAt(draft).attachments, attachment] });
    drop(id);
  } catch (error) {
    if (!stop.signal.aborted) {
      change(id, { problem: say(error) });
    }
  }
}

/** Files on their way up to one draft. */
export function useUploads(conversation: string, draft: string, way: ReplyWay | undefined) {
  const uploading = useUploading(({ all }) => all);
  const problemText = useProblemText();
  useKeepPage(uploading.some(({ problem }) => problem === null));

  const start = (file: File) => {
    const problem = problemOf(file, way);
    const one = { id: uuid(), conversation, draft, file, share: 0, stop: new AbortController(), problem };
    useUploading.setState(({ all }) => ({ all: [...all, one] }));
    if (problem === null) {
      void bring(one, problemText);
    }
  };
  const cancel = ({ id, stop }: Uploading) => {
    stop.abort();
    drop(id);
  };
  return {
    uploading: uploading.filter((one) => one.draft === draft),
    addFiles: (files: Iterable<File>) => [...files].forEach(start),
    cancel,
    retry: (one: Uploading) => {
      drop(one.id);
      start(one.file);
    },
  };
}

/** A page that is left takes what is half way up with it; the browser asks first. */
function useKeepPage(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) {
      return undefined;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isBusy]);
}
