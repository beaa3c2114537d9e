import { STATUS_CODES } from 'node:http';
import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Problem } from '#contract';
import type { HubReply, HubRequest } from '../http/exchange.js';
import { Log } from '../operations/log.js';
import { ApiError } from './api-error.js';
import { toApiError } from './to-api-error.js';

const internal = new ApiError(500, 'internal', 'Something went wrong here. The log knows more under this request id.');

export function toProblem(error: ApiError, requestId: string): Problem {
  return {
    type: `urn:peyk:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.detail,
    ...(error.field === null ? {} : { field: error.field }),
    requestId,
  };
}

/** The last resort of every HTTP request: whatever was thrown becomes a problem document, and internals stay in the log. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') {
      this.log.error('A socket call failed.', error);
      return;
    }
    const request = host.switchToHttp().getRequest<HubRequest>();
    const shown = toApiError(error);
    if (shown === null) {
      this.log.error('A request failed.', error, {
        requestId: request.id,
        method: request.method,
        path: request.routeOptions.url,
      });
    }
    answerProblem(host.switchToHttp().getResponse<HubReply>(), shown ?? internal, request.id);
  }
}

export function answerProblem(reply: HubReply, error: ApiError, requestId: string): void {
  if (reply.sent) {
    return;
  }
  if (error.retryAfterSeconds !== null) {
    void reply.header('retry-after', String(error.retryAfterSeconds));
  }
  const body = JSON.stringify(toProblem(error, requestId));
  void reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(body);
}
