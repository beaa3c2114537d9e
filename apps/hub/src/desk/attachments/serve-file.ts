import type { HubReply } from '../../platform/http/exchange.js';

/** A file ready to be served. */
export interface ServedFile {
  name: string;
  mediaType: string;
  bytes: number;
  content: NodeJS.ReadableStream;
}

/** What a browser may show in place. Nothing here can carry a script; everything else is a download. */
const shownTypes = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
  'video/webm',
]);

/**
 * Sends a file as from a stranger: sandboxed, unsniffable, and shown in place only where that is harmless. `keep` says what the browser
 * may keep of it.
 */
export async function serveFile(reply: HubReply, file: ServedFile, keep = 'private, max-age=3600'): Promise<void> {
  const isShown = shownTypes.has(file.mediaType);
  await reply
    .header('content-type', isShown ? file.mediaType : 'application/octet-stream')
    .header('content-length', file.bytes)
    .header(
      'content-disposition',
      `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', keep)
    .send(file.content);
}
