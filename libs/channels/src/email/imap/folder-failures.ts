import { ChannelError } from '../../channel-adapter.js';
import { imapFailure } from './imap-failure.js';

/** Why a folder, or a mail in it, could not be read. */
export interface FolderFailure {
  path: string;
  cause: unknown;
}

const mostTold = 5;

/** All that is wrong, each thing once and with its folder, under the code of the first. */
export function inOne(failures: FolderFailure[], secrets: string[]): ChannelError {
  const errors = failures.map(({ path, cause }) => ({ path, error: imapFailure(cause, secrets) }));
  const [{ error: first } = { error: imapFailure(undefined, secrets) }] = errors;
  if (failures.length < 2) {
    return first;
  }
  const told = errors.map(({ path, error: { message } }) => (message.includes(path) ? message : `${path}: ${message}`));
  return new ChannelError(first.code, [...new Set(told)].slice(0, mostTold).join(' '), {
    retry: first.retry,
    retryAfterMs: first.retryAfterMs,
    cause: first.cause,
  });
}
