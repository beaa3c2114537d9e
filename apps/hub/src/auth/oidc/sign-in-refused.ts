import type { SignInRefusal } from '#contract';
import { ExchangeFailed } from '#channels';

/** A sign-in by a provider that comes to nothing. `detail` is for the log: codes of the provider's or the library's, never what it said. */
export class SignInRefused extends Error {
  constructor(
    readonly why: SignInRefusal,
    readonly detail = '',
  ) {
    super(`A sign-in was refused (${why}).`);
    this.name = 'SignInRefused';
  }
}

/** What a failure while talking to a provider means to whoever wanted to sign in. */
export function refusalOf(error: unknown): SignInRefused {
  if (error instanceof SignInRefused) {
    return error;
  }
  const broken = causesOf(error).find((one) => one instanceof ExchangeFailed);
  if (broken) {
    return new SignInRefused('unreachable', broken.code);
  }
  const { error: told } = error as { error?: unknown };
  return new SignInRefused(told === 'access_denied' ? 'denied' : 'failed', codeOf(error));
}

/** The narrowest code that is told of a failure: the provider's own, that of what broke, or the kind of error. */
export function codeOf(error: unknown): string {
  const broken = causesOf(error).find((one) => one instanceof ExchangeFailed);
  const { error: told, code, name } = error as { error?: unknown; code?: unknown; name?: unknown };
  const found = [broken?.code, told, code, name].find((one) => typeof one === 'string');
  return String(found ?? 'unknown').slice(0, 100);
}

function causesOf(error: unknown): unknown[] {
  const cause = (error as { cause?: unknown } | null)?.cause;
  return cause === undefined || cause === error ? [error] : [error, ...causesOf(cause)];
}
