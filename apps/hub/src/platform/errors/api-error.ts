/**
 * A refusal that the caller is meant to read. Everything in it is shown, so it holds no secrets and no internals.
 *
 * `code` is stable and machine-readable; `detail` is one English sentence; `field` names the input at fault.
 */
export class ApiError extends Error {
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    more: { field?: string | undefined; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(detail);
    this.name = 'ApiError';
    this.field = more.field ?? null;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }
}

/** A body, parameter or header that cannot be taken as it is. */
export function invalid(field: string, detail: string, code = 'invalid'): ApiError {
  return new ApiError(422, code, detail, { field });
}

/** Nobody is signed in, or not any more. */
export function unauthenticated(detail = 'Sign in first.', code = 'unauthenticated'): ApiError {
  return new ApiError(401, code, detail);
}

/** Signed in, and this whole kind of thing is not theirs. Single rows that are not theirs are `notFound`. */
export function forbidden(detail = 'Your role does not allow this.', code = 'forbidden'): ApiError {
  return new ApiError(403, code, detail);
}

/** There is no such thing, or not for this caller: both look the same. */
export function notFound(what = 'This'): ApiError {
  return new ApiError(404, 'not_found', `${what} does not exist.`);
}

/** The state of things does not allow it now. */
export function conflict(code: string, detail: string, field?: string): ApiError {
  return new ApiError(409, code, detail, { field });
}

export function tooMany(retryAfterSeconds: number, detail = 'Too many attempts. Wait a while.'): ApiError {
  return new ApiError(429, 'too_many', detail, { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)) });
}

/** Something the hub needs is away. What was asked did not happen, and may be asked again. */
export function unavailable(code: string, detail: string, retryAfterSeconds = 2): ApiError {
  return new ApiError(503, code, detail, { retryAfterSeconds });
}
