import { isNativeError } from 'node:util/types';
import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isAway } from '../../database/is-away.js';
import { ApiError, unavailable } from './api-error.js';

/** The statuses that the HTTP layer refuses with before a handler runs, and their codes. */
const frameworkCodes: Record<number, [code: string, detail: string]> = {
  400: ['malformed', 'The request cannot be read.'],
  401: ['unauthenticated', 'Sign in first.'],
  403: ['forbidden', 'This request is not allowed.'],
  404: ['not_found', 'This does not exist.'],
  405: ['method_not_allowed', 'This cannot be done here.'],
  408: ['timeout', 'The request took too long to arrive.'],
  413: ['too_large', 'The request is larger than what is taken here.'],
  414: ['too_long', 'The address is too long.'],
  415: ['unsupported_media_type', 'Send JSON, as application/json.'],
  431: ['headers_too_large', 'The headers are larger than what is taken here.'],
};

/** What a caller may know about any error; null when that is nothing. */
export function toApiError(error: unknown): ApiError | null {
  if (error instanceof ApiError) {
    return error;
  }
  if (isAway(error)) {
    return unavailable('storage_away', 'The database is away. Nothing was changed; try again in a moment.');
  }
  return fromFramework(error);
}

function fromFramework(error: unknown): ApiError | null {
  const status = statusOf(error);
  if (status === null || status < 400 || status >= 500) {
    return null;
  }
  const [code, detail] = frameworkCodes[status] ?? ['refused', STATUS_CODES[status] ?? 'Refused.'];
  return new ApiError(status, code, detail);
}

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) {
    return error.getStatus();
  }
  const status: unknown = isNativeError(error) ? Reflect.get(error, 'statusCode') : null;
  return typeof status === 'number' ? status : null;
}
