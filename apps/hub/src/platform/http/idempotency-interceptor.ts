import { Readable } from 'node:stream';
import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { lastValueFrom, of, type Observable } from 'rxjs';
import type { Sql } from '#channels';
import { Database } from '../../database/database.js';
import { invalid } from '../errors/api-error.js';
import type { HubReply, HubRequest } from './exchange.js';
import { hashRequest, Idempotency, type RepeatableCall } from './idempotency.js';

const keyRule = /^[\x21-\x7e]{1,200}$/;
const modeKey = 'peyk:idempotency';
type Mode = 'settles' | 'unkept' | 'repeatable';

/** The handler calls `request.settle` in its transaction, so that a repeat after a crash may simply run. */
export const SettlesInTransaction = (): MethodDecorator => SetMetadata(modeKey, 'settles' satisfies Mode);

/**
 * The answer holds a secret that is shown once, or the call a password, of which even a quick hash says too much: nothing is kept of
 * either, and the header does nothing.
 */
export const AnswerNotKept = (): MethodDecorator => SetMetadata(modeKey, 'unkept' satisfies Mode);

/**
 * The body itself names what it makes, and making it again changes nothing: a repeat simply runs, also after a crash in the middle, and
 * the header adds nothing to that.
 */
export const RepeatsByItself = (): MethodDecorator => SetMetadata(modeKey, 'repeatable' satisfies Mode);

/** Honours `Idempotency-Key` on every unsafe call of somebody who is known. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly database: Database,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.getType() === 'http' ? context.switchToHttp().getRequest<HubRequest>() : null;
    const mode = Reflect.getMetadata(modeKey, context.getHandler()) as Mode | undefined;
    const call = request && mode !== 'unkept' && mode !== 'repeatable' ? readCall(request) : null;
    if (request === null || call === null) {
      return next.handle();
    }
    const reply = context.switchToHttp().getResponse<HubReply>();
    const kept = await this.idempotency.claim(call, mode === 'settles');
    if (kept !== null) {
      void reply.code(kept.status).header('idempotency-replayed', 'true');
      return answer(reply, kept.text);
    }
    return answer(reply, await this.run(call, request, reply, next));
  }

  private async run(
    call: RepeatableCall,
    request: HubRequest,
    reply: HubReply,
    next: CallHandler,
  ): Promise<string | null> {
    let isSettled = false;
    request.settle = async (tx: Sql, value: unknown) => {
      await this.idempotency.settle(tx, call, { status: reply.statusCode, text: toText(value) });
      isSettled = true;
    };
    try {
      const text = toText(await lastValueFrom(next.handle(), { defaultValue: undefined }));
      if (!isSettled) {
        await this.idempotency.settle(this.database, call, { status: reply.statusCode, text });
      }
      return text;
    } catch (error) {
      await this.idempotency.release(call).catch(() => undefined);
      throw error;
    }
  }
}

/** null: a safe call, an open route, a call without a key, or a file on its way up, which its own id makes repeatable. */
function readCall(request: HubRequest): RepeatableCall | null {
  const key = request.headers['idempotency-key'];
  const isUnsafe = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (key === undefined || !isUnsafe || !request.actor || request.body instanceof Readable) {
    return null;
  }
  if (typeof key !== 'string' || !keyRule.test(key)) {
    throw invalid('Idempotency-Key', 'A key has 1 to 200 visible ASCII characters.');
  }
  return { actorId: request.actor.id, key, requestHash: hashRequest(request.method, request.url, request.body) };
}

function toText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** Both the first answer and its repeats go out as this text, so they are the same to the byte. */
function answer(reply: HubReply, text: string | null): Observable<unknown> {
  if (text === null) {
    return of(undefined);
  }
  void reply.type('application/json; charset=utf-8');
  return of(text);
}
