import type { InboundMessage } from '../../message.js';
import type { SignatureFindings, SignedMail } from '../check-signatures.js';
import { unreadablePage, type MailPage, type PageWish } from '../html/mail-page.js';
import { mailLimits, unreadableMail, type MailContext, type MailLimits } from '../parse-email.js';
import type { MailWork, ReadMessage } from './mail-work.js';
import { WorkerPool, WorkKilled } from './worker-pool.js';

/** How much a mail may take. The parser gives up a little earlier than it is ended, so that what it read by then is kept. */
const patience = { timeMs: 5_000, parserMs: 4_000, startMs: 30_000, memoryMb: 150 };

const pool = new WorkerPool({
  entry: new URL('./mail-worker.js', import.meta.url),
  size: 2,
  timeMs: patience.timeMs,
  startMs: patience.startMs,
  memoryMb: patience.memoryMb,
});

/** Threads that do one piece of mail work each. */
export interface MailThreads {
  /** Rejects with WorkKilled when the work was ended. */
  run(work: unknown, belongings?: ArrayBuffer[]): Promise<unknown>;
}

/**
 * parseEmail in a thread that is ended when a mail takes too long or too much memory: then its head is read by itself, and when even that
 * is too much, what is left is a message that says so. The raw bytes are kept in every case. Rejects only when no thread can be started,
 * which is no fault of the mail.
 */
export async function parseEmailApart(
  raw: Uint8Array,
  context: MailContext,
  limits: MailLimits = { ...mailLimits, timeMs: patience.parserMs },
  threads: MailThreads = pool,
): Promise<InboundMessage> {
  const message = await run<ReadMessage>(threads, { kind: 'message', raw, context, limits })
    .catch(whenKilled(() => run<ReadMessage>(threads, { kind: 'head', raw, context })))
    .catch(whenKilled(() => Promise.resolve(unreadableMail(raw))));
  return { ...message, raw };
}

/** The page of a mail, made in such a thread; the text alone when making the page was too much, and a note when that was too. */
export async function mailPageApart(raw: Uint8Array, wish: PageWish, threads: MailThreads = pool): Promise<MailPage> {
  return await run<MailPage>(threads, { kind: 'page', raw, wish })
    .catch(whenKilled(() => run<MailPage>(threads, { kind: 'page', raw, wish: { ...wish, textOnly: true } })))
    .catch(whenKilled(() => Promise.resolve(unreadablePage())));
}

/** checkSignatures in such a thread. Rejects with WorkKilled when it was too much. */
export function checkSignaturesApart(mail: SignedMail, threads: MailThreads = pool): Promise<SignatureFindings | null> {
  return run<SignatureFindings | null>(threads, { kind: 'signatures', ...mail });
}

/** Ends the threads once they have nothing to do. Later mails begin new ones. */
export function closeMailReaders(): Promise<void> {
  return pool.close();
}

/** The thread gets a copy of the mail for itself: one, where sending it as it is would make two. */
async function run<Result>(threads: MailThreads, work: MailWork): Promise<Result> {
  const raw = new Uint8Array(work.raw);
  return (await threads.run({ ...work, raw }, [raw.buffer])) as Result;
}

function whenKilled<Result>(otherwise: () => Promise<Result>): (error: unknown) => Promise<Result> {
  return (error) => (error instanceof WorkKilled ? otherwise() : Promise.reject(error as Error));
}
