import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors/api-error.js';
import type { HttpServer } from './exchange.js';

/** The most that a JSON body or a webhook may weigh. Files come as raw bodies and are counted by whoever stores them. */
export const bodyLimit = 2 * 1024 * 1024;

/** What a foreign page can make a browser send without asking first. None of it is ever read as an API call. */
const formTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/i;

const malformed = new ApiError(400, 'malformed_json', 'The body is not valid JSON.');

/**
 * Reads bodies by where they go: webhooks keep their bytes, whatever their type, because signatures are over bytes; API calls
 * are JSON; any other body of the API reaches its handler as an unread stream, so that nothing is taken in before the guard.
 */
export function registerBodyParsers(server: HttpServer): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    /^application\/json/i,
    { parseAs: 'buffer', bodyLimit },
    (request, bytes: Buffer, done) => {
      try {
        done(null, isWebhook(request) ? bytes : parseJson(bytes));
      } catch {
        done(malformed);
      }
    },
  );
  server.addContentTypeParser('*', async (request: FastifyRequest, stream: AsyncIterable<unknown>) => {
    if (isWebhook(request)) {
      return readAtMost(stream, bodyLimit);
    }
    if (isOwnPage(request)) {
      return readAtMost(stream, 1024);
    }
    if (isSurveyPage(request)) {
      return readAtMost(stream, 32 * 1024);
    }
    if (formTypes.test(request.headers['content-type'] ?? '')) {
      throw new ApiError(415, 'unsupported_media_type', 'Send JSON, as application/json.');
    }
    return stream;
  });
}

/** All bytes of a stream; refused with 413 as soon as they are more than `limit`. */
export async function readAtMost(stream: AsyncIterable<unknown>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > limit) {
      throw new ApiError(413, 'too_large', `More than ${limit} bytes are not taken here.`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function isWebhook(request: FastifyRequest): boolean {
  return request.url.startsWith('/hooks/');
}

/** A customer's own page and the page to unsubscribe have a form whose fields say nothing. Their addresses hold the token, which a foreign page does not know. */
function isOwnPage(request: FastifyRequest): boolean {
  return request.url.startsWith('/my/') || request.url.startsWith('/u/');
}

/** A mail's question is answered by a form with a few words. Its address holds the token as well. */
function isSurveyPage(request: FastifyRequest): boolean {
  return request.url.startsWith('/s/');
}

/** An empty body is no body, and `__proto__` is no field of anybody. */
function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  if (text.trim() === '') {
    return undefined;
  }
  const isSuspect = /"(_|\\u005f){2}proto/i.test(text);
  return JSON.parse(text, isSuspect ? (key, value: unknown) => (key === '__proto__' ? undefined : value) : undefined);
}
