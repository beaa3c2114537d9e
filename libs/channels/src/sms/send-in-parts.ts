import { ChannelError, type Sent } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';

/** Sends one part. `isLast` marks the one that receipts are about. */
export type SendPart<Part> = (part: Part, place: { index: number; isLast: boolean }) => Promise<Sent>;

/**
 * Sends the parts of one message one after the other, so that they arrive in their order, behind those that left in an earlier try.
 * Receipts are about the last part.
 */
export async function sendInParts<Part>(
  parts: readonly Part[],
  { sentParts = 0 }: Pick<OutboundMessage, 'sentParts'>,
  send: SendPart<Part>,
): Promise<Sent> {
  const first = Math.min(sentParts, parts.length - 1);
  let last: Sent = { providerId: null, state: 'sent' };
  for (const [offset, part] of parts.slice(first).entries()) {
    const index = first + offset;
    const { providerId } = last;
    last = await send(part, { index, isLast: index === parts.length - 1 }).catch((error: unknown) => {
      throw index === 0 ? error : broken(error, { parts: index, providerId }, parts.length);
    });
  }
  const count = parts.length - first;
  return count > 1 ? { ...last, parts: count } : last;
}

function broken(error: unknown, left: NonNullable<ChannelError['left']>, all: number): unknown {
  if (!(error instanceof ChannelError)) {
    return error;
  }
  const { code, retry, doubtful, retryAfterMs } = error;
  const words = `Only the first ${String(left.parts)} of ${String(all)} parts left: ${error.message}`;
  return new ChannelError(code, words, { retry, doubtful, retryAfterMs, left, cause: error });
}
