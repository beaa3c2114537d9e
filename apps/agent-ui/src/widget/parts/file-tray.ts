import type { VisitorStanding } from '#contract';
import type { FileAccess } from '../attachment-link.js';
import { newId } from '../new-id.js';
import type { SentFile } from '../timeline.js';

/** Why a file did not come through. `limit`: more than a message holds; `down`: no answer came. */
export type FileProblem = 'size' | 'type' | 'empty' | 'limit' | 'busy' | 'down';

/** A file of the message that is being written. */
export interface TrayFile {
  key: string;
  name: string;
  bytes: number;
  /** How much of it is up, from 0 to 1. */
  share: number;
  problem: FileProblem | null;
  /** Set once the hub has all of it. */
  sent: SentFile | null;
}

type Limits = NonNullable<VisitorStanding['files']>;

/** How a file is sent up; resolves to what the hub says of it, or why not. */
export type SendUp = (
  file: File,
  access: FileAccess,
  progress: (share: number) => void,
  signal: AbortSignal,
) => Promise<SentFile | FileProblem>;

const mostFiles = 10;

/** Files on their way to the hub, ahead of the message that will bring them. */
export class FileTray {
  list: readonly TrayFile[] = [];
  private readonly stops = new Map<string, AbortController>();
  private readonly files = new Map<string, File>();

  constructor(
    private readonly access: FileAccess,
    private readonly tell: () => void,
    private readonly sendUp: SendUp = sendByRequest,
  ) {}

  get ready(): SentFile[] {
    return this.list.flatMap(({ sent }) => sent ?? []);
  }

  /** A message must not leave without a file that is still under way. */
  get isBusy(): boolean {
    return this.list.some(({ sent, problem }) => sent === null && problem === null);
  }

  add(files: readonly File[], limits: Limits): void {
    for (const file of files) {
      const key = newId();
      const isFull = this.list.filter(({ problem }) => problem === null).length >= mostFiles;
      const problem = isFull ? 'limit' : whyNot(file, limits);
      this.files.set(key, file);
      this.list = [...this.list, { key, name: file.name, bytes: file.size, share: 0, problem, sent: null }];
      if (problem === null) {
        void this.send(key, file);
      }
    }
    this.tell();
  }

  retry(key: string): void {
    const file = this.files.get(key);
    if (file) {
      this.change(key, { problem: null, share: 0 });
      void this.send(key, file);
    }
  }

  remove(key: string): void {
    this.stops.get(key)?.abort();
    this.files.delete(key);
    this.list = this.list.filter((one) => one.key !== key);
    this.tell();
  }

  clear(): void {
    this.stops.forEach((stop) => stop.abort());
    this.stops.clear();
    this.files.clear();
    this.list = [];
    this.tell();
  }

  private async send(key: string, file: File): Promise<void> {
    const stop = new AbortController();
    this.stops.set(key, stop);
    const outcome = await this.sendUp(file, this.access, (share) => this.change(key, { share }), stop.signal);
    this.stops.delete(key);
    this.change(key, typeof outcome === 'string' ? { problem: outcome } : { sent: outcome, share: 1 });
  }

  private change(key: string, change: Partial<TrayFile>): void {
    this.list = this.list.map((one) => (one.key === key ? { ...one, ...change } : one));
    this.tell();
  }
}

/** What can be said before a byte has left. */
function whyNot({ name, size }: File, { maxBytes, endings, refused }: Limits): FileProblem | null {
  const ending = /\.([^.]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  if (refused.includes(ending) || (endings.length > 0 && !endings.includes(ending))) {
    return 'type';
  }
  if (size > maxBytes) {
    return 'size';
  }
  return size === 0 ? 'empty' : null;
}

const problems: Record<number, FileProblem> = { 413: 'size', 415: 'type', 422: 'empty', 429: 'busy' };

/** XMLHttpRequest, because fetch cannot say how much has gone out. */
const sendByRequest: SendUp = (file, { hub, channel, token }, progress, signal) =>
  new Promise((resolve) => {
    const call = new XMLHttpRequest();
    call.open('POST', `${hub}/api/chat/${channel}/attachments`);
    call.setRequestHeader('authorization', `Bearer ${token() ?? ''}`);
    call.setRequestHeader('content-type', plainType(file.type));
    call.setRequestHeader('x-file-name', encodeURIComponent(file.name.toWellFormed()));
    call.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    call.onerror = call.onabort = () => resolve('down');
    call.onload = () =>
      resolve(call.status < 300 ? (JSON.parse(call.responseText) as SentFile) : (problems[call.status] ?? 'down'));
    signal.addEventListener('abort', () => call.abort());
    call.send(file);
  });

/** JSON and forms mean something else to the hub, which looks at the content anyway. */
function plainType(type: string): string {
  return /^(image|audio|video)\//.test(type) ? type : 'application/octet-stream';
}
