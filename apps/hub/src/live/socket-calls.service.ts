import { Injectable } from '@nestjs/common';
import type { ZodType } from 'zod';
import type { Answer } from '#contract';
import { toApiError } from '../platform/errors/to-api-error.js';
import { Log } from '../platform/operations/log.js';
import type { TakeCall } from './serve-calls.js';

/** Calls that a socket may make at once, and how many come back per second. */
const burst = 200;
const perSecond = 50;

interface Allowance {
  left: number;
  at: number;
}

/** Answers every call of a socket, whatever it brings: a shape that does not fit, too many at once, or a failure of ours. */
@Injectable()
export class SocketCalls {
  private readonly allowances = new WeakMap<object, Allowance>();

  constructor(private readonly log: Log) {}

  async answer<Call, Value>(
    socket: object,
    shape: ZodType<Call>,
    call: unknown,
    work: (call: Call) => Value | Promise<Value>,
  ): Promise<Answer<Value>> {
    if (!this.isAllowed(socket)) {
      return { ok: false, code: 'too_many' };
    }
    const parsed = shape.safeParse(call);
    if (!parsed.success) {
      return { ok: false, code: 'invalid' };
    }
    try {
      return { ok: true, value: await work(parsed.data) };
    } catch (error) {
      return { ok: false, code: this.codeOf(error) };
    }
  }

  /** The same, ready to be served: see `serveCalls`. */
  taking<Caller extends object, Call, Value>(
    shape: ZodType<Call>,
    work: (socket: Caller, call: Call) => Value | Promise<Value>,
  ): TakeCall<Caller> {
    return (socket, call) => this.answer(socket, shape, call, (read) => work(socket, read));
  }

  private isAllowed(socket: object): boolean {
    const now = performance.now();
    const { left, at } = this.allowances.get(socket) ?? { left: burst, at: now };
    const refilled = Math.min(burst, left + ((now - at) / 1000) * perSecond);
    this.allowances.set(socket, { left: Math.max(0, refilled - 1), at: now });
    return refilled >= 1;
  }

  private codeOf(error: unknown): string {
    const known = toApiError(error);
    if (known === null) {
      this.log.error('A socket call failed.', error);
    }
    return known?.code ?? 'internal';
  }
}
