import { Readable } from 'node:stream';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { readRange, type ByteRange } from './read-range.js';

/** Sound that is served as a whole or in parts. `version` changes with its bytes. */
export interface ServedSound {
  mediaType: string;
  bytes: number;
  version: string;
  /** How long it may be kept, as Cache-Control says it. */
  keep: string;
  open(part: ByteRange): NodeJS.ReadableStream;
}

/**
 * Answers a request for sound: all of it, the part that is asked for, or only its headers for HEAD. A part of another version than the
 * asker has is never sent: they get the whole of what is there now.
 */
export async function servePart(request: HubRequest, reply: HubReply, sound: ServedSound): Promise<void> {
  const tag = `"${sound.version}"`;
  const { range, 'if-range': ifRange } = request.headers;
  const part = ifRange === undefined || ifRange === tag ? readRange(range, sound.bytes) : null;
  void reply
    .header('accept-ranges', 'bytes')
    .header('etag', tag)
    .header('cache-control', sound.keep)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff');
  if (part === 'outside') {
    await reply
      .code(416)
      .header('content-range', `bytes */${String(sound.bytes)}`)
      .send();
    return;
  }
  const { start, end } = part ?? { start: 0, end: sound.bytes - 1 };
  if (part !== null) {
    void reply.code(206).header('content-range', `bytes ${String(start)}-${String(end)}/${String(sound.bytes)}`);
  }
  await reply
    .header('content-type', sound.mediaType)
    .header('content-length', end - start + 1)
    .send(request.method === 'HEAD' ? Readable.from([]) : sound.open({ start, end }));
}
