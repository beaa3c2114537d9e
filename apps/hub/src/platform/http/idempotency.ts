import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { Database } from '../../database/database.js';
import { ApiError, conflict } from '../errors/api-error.js';
import { Housekeeping } from '../operations/housekeeping.js';

/** One unsafe call under a key of its caller's choice. */
export interface RepeatableCall {
  actorId: string;
  key: string;
  requestHash: Buffer;
}

/** The answer as it went out: JSON as text, null when there was no body. */
export interface KeptAnswer {
  status: number;
  text: string | null;
}

interface Row {
  same: boolean;
  status: number | null;
  answer: string | null;
  stale: boolean;
}

/** What makes two calls the same: method, address and body. */
export function hashRequest(method: string, url: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest();
}

/**
 * Remembers for a day what unsafe calls were answered, so that whoever repeats one gets the same answer and nothing happens
 * twice.
 *
 * A call is claimed before its work and settled with its answer. A process that dies in between leaves a claim without an
 * answer: whether the work was done is then unknown, and the repeat is told so, unless the work settles in its own
 * transaction. Then there is no answer because there was no commit, and the repeat may run.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly database: Database,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('idempotency-keys', () =>
      database.query(`delete from idempotency_key where at < clock_timestamp() - interval '1 day'`),
    );
  }

  /** null: the call is the caller's to run. Otherwise what it was answered the first time. Throws ApiError. */
  async claim(call: RepeatableCall, settlesInTransaction: boolean): Promise<KeptAnswer | null> {
    const claimed = await this.database.query(
      'insert into idempotency_key (actor_id, key, request_hash) values ($1, $2, $3) on conflict do nothing returning key',
      [call.actorId, call.key, call.requestHash],
    );
    if (claimed.length > 0) {
      return null;
    }
    const [row] = await this.database.query<Row>(
      `select request_hash = $3 as same, status, answer, at < clock_timestamp() - interval '1 minute' as stale
       from idempotency_key where actor_id = $1 and key = $2`,
      [call.actorId, call.key, call.requestHash],
    );
    return row ? this.judge(row, call, settlesInTransaction) : this.claim(call, settlesInTransaction);
  }

  /** Keeps the answer; on the work's own transaction both happen or neither. Throws when another run of the call got there first. */
  async settle(sql: Sql, call: RepeatableCall, answer: KeptAnswer): Promise<void> {
    const kept = await sql.query(
      'update idempotency_key set status = $3, answer = $4 where actor_id = $1 and key = $2 and status is null returning key',
      [call.actorId, call.key, answer.status, answer.text],
    );
    if (kept.length === 0) {
      throw inProgress();
    }
  }

  /** The work failed and changed nothing: the key may be used again. */
  async release(call: RepeatableCall): Promise<void> {
    await this.database.query('delete from idempotency_key where actor_id = $1 and key = $2 and status is null', [
      call.actorId,
      call.key,
    ]);
  }

  private async judge(row: Row, call: RepeatableCall, settlesInTransaction: boolean): Promise<KeptAnswer | null> {
    if (!row.same) {
      throw new ApiError(422, 'idempotency_key_reused', 'This key was used for another call. Take a new one.', {
        field: 'Idempotency-Key',
      });
    }
    if (row.status !== null) {
      return { status: row.status, text: row.answer };
    }
    if (!row.stale) {
      throw inProgress();
    }
    if (!settlesInTransaction) {
      throw conflict(
        'idempotency_outcome_unknown',
        'The hub stopped in the middle of this call. Look whether it was done before repeating it under a new key.',
      );
    }
    return this.retake(call);
  }

  /** Of several who find a dead claim one takes it over. */
  private async retake(call: RepeatableCall): Promise<null> {
    const taken = await this.database.query(
      `update idempotency_key set at = clock_timestamp()
       where actor_id = $1 and key = $2 and status is null and at < clock_timestamp() - interval '1 minute' returning key`,
      [call.actorId, call.key],
    );
    if (taken.length === 0) {
      throw inProgress();
    }
    return null;
  }
}

function inProgress(): ApiError {
  return new ApiError(409, 'idempotency_in_progress', 'This call is being worked on. Ask again in a moment.', {
    retryAfterSeconds: 1,
  });
}
