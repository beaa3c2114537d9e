import { parentPort } from 'node:worker_threads';
import { doMailWork, type MailWork, type ReadMessage } from './mail-work.js';
import type { WorkerWord } from './worker-pool.js';

/** The thread in which mails are read: one piece of work at a time. */
const port = parentPort;

async function answer(work: MailWork): Promise<WorkerWord> {
  try {
    return { result: await doMailWork(work) };
  } catch (error) {
    return { failure: String(error) };
  }
}

/** Files go over to the asking thread instead of being copied; small ones share their memory with others and must be. */
function belongings(word: WorkerWord): ArrayBuffer[] {
  const result = typeof word === 'object' && 'result' in word ? (word.result as Partial<ReadMessage> | null) : null;
  const buffers = (result?.attachments ?? []).flatMap(({ source }) =>
    'bytes' in source && source.bytes.byteLength === source.bytes.buffer.byteLength
      ? [source.bytes.buffer as ArrayBuffer]
      : [],
  );
  return [...new Set(buffers)];
}

port?.on('message', (work: MailWork) => void answer(work).then((word) => port.postMessage(word, belongings(word))));
// Before it says so, since the time that a mail may take does not include the loading of its parser.
await import('../mime/part-parser.js');
port?.postMessage('ready' satisfies WorkerWord);
