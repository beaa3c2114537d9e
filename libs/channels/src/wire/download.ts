import { ChannelError } from '../channel-adapter.js';
import { exchange, ExchangeFailed, type AgentChoice, type ExchangeAnswer } from './http-exchange.js';
import { errorOfRefusedAddress, refusedAddress, retryAfterMs } from './sending-errors.js';

/** A file to fetch. `mayFetch` is asked about the first URL and about every redirect; credentials go to the first host only. */
export interface Download {
  url: string;
  headers: Record<string, string>;
  limitBytes: number;
  mayFetch: (url: URL) => boolean;
  agentFor?: AgentChoice | undefined;
}

const mostRedirects = 3;
const timeoutMs = 60_000;

/** Fetches a file with a cap on its size, following at most three redirects to places that are allowed. */
export async function download(file: Download): Promise<Uint8Array> {
  let url = allowed(file.url, file);
  const firstOrigin = url.origin;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const headers = url.origin === firstOrigin ? file.headers : {};
    const answer = await ask(url, headers, file);
    const location = answer.headers.location;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) {
      return contentOf(answer);
    }
    url = allowed(new URL(location, url).href, file);
  }
  throw new ChannelError('gone', 'The file redirects too often.', { retry: 'never' });
}

function allowed(address: string, file: Download): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.username !== '' || !file.mayFetch(url)) {
    throw new ChannelError('not_allowed', 'The file lies at a place that this channel may not fetch from.', {
      retry: 'never',
    });
  }
  return url;
}

async function ask(url: URL, headers: Record<string, string>, file: Download): Promise<ExchangeAnswer> {
  try {
    return await exchange({
      method: 'GET',
      url,
      headers,
      timeoutMs,
      limitBytes: file.limitBytes,
      agentFor: file.agentFor,
    });
  } catch (error) {
    const code = error instanceof ExchangeFailed ? error.code : 'unknown';
    if (code === 'too_large') {
      throw new ChannelError('too_large', 'The file is larger than allowed.', { retry: 'never' });
    }
    if (code === refusedAddress) {
      throw errorOfRefusedAddress();
    }
    throw new ChannelError('unreachable', `The file cannot be fetched now (${code}).`, { retry: 'soon' });
  }
}

function contentOf(answer: ExchangeAnswer): Uint8Array {
  if (answer.status >= 200 && answer.status < 300) {
    return answer.body;
  }
  const said = `The file’s server answered ${String(answer.status)}.`;
  if (answer.status === 401 || answer.status === 403) {
    throw new ChannelError('unauthorized', said, { retry: 'after-reconnect' });
  }
  if (answer.status === 429 || answer.status >= 500) {
    const wait = retryAfterMs(answer.headers['retry-after']);
    throw new ChannelError('unavailable', said, { retry: 'soon', retryAfterMs: wait });
  }
  throw new ChannelError('gone', said, { retry: 'never' });
}
