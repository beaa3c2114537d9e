import { invalid } from '../../platform/errors/api-error.js';
import type { HubRequest } from '../../platform/http/exchange.js';

/** A name and no path: what it is called, not where it lay. Control and direction characters could make it look like another. */
export function fileNameOf(request: HubRequest): string {
  const header = request.headers['x-file-name'];
  try {
    const name = decodeURIComponent(typeof header === 'string' ? header : '');
    const bare =
      name
        .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
        .split(/[/\\]/u)
        .at(-1) ?? '';
    return bare.trim().slice(0, 200).toWellFormed() || 'file';
  } catch {
    throw invalid('x-file-name', 'The name must be percent-encoded UTF-8.');
  }
}

/** The body of an upload: the file itself, as a stream that nothing has read. */
export function fileContentOf({ body }: HubRequest): AsyncIterable<Uint8Array> {
  if (!body || !(Symbol.asyncIterator in Object(body))) {
    throw invalid('body', 'Send the file as the body, with its own content type.');
  }
  return body as AsyncIterable<Uint8Array>;
}
