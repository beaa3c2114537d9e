import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { changeDraft, draftAt } from '../../api/drafts.js';
import { upload } from '../../api/upload.js';
import { notify } from '../../ui/notify.js';
import { useProblemText } from '../../ui/problem-text.js';

interface Uploading {
  id: string;
  /** The draft it was begun for; it ends up there wherever its writer has gone meanwhile. */
  draft: string;
  name: string;
  share: number;
  cancel: () => void;
}

/** Files on their way up. */
export function useUploads(conversation: string, draft: string) {
  const [uploading, setUploading] = useState<Uploading[]>([]);
  const problemText = useProblemText();

  const add = async (file: File) => {
    const id = uuid();
    const stop = new AbortController();
    const leave = () => setUploading((all) => all.filter((one) => one.id !== id));
    const cancel = () => stop.abort();
    const onProgress = (share: number) =>
      setUploading((all) => all.map((one) => (one.id === id ? { ...one, share } : one)));
    setUploading((all) => [...all, { id, draft, name: file.name, share: 0, cancel }]);
    try {
      const attachment = await upload({ conversation, file, onProgress, signal: stop.signal });
      changeDraft(draft, { attachments: [...draftAt(draft).attachments, attachment] });
    } catch (error) {
      if (!stop.signal.aborted) {
        notify(problemText(error), 'bad');
      }
    } finally {
      leave();
    }
  };
  return {
    uploading: uploading.filter((one) => one.draft === draft),
    addFiles: (files: Iterable<File>) => [...files].forEach((file) => void add(file)),
  };
}
