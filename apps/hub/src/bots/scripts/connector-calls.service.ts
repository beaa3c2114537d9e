import { Injectable } from '@nestjs/common';
import { exchange, ExchangeFailed, storableText, type AgentChoice } from '#channels';
import type { LookupError } from '#bots';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import { SecretBox } from '../../platform/secret-box.js';
import { fillAddress } from './connector-address.js';
import { readAnswer, type AnswerPart } from './read-answer.js';

const largestAnswer = 256 * 1024;
const shownOfAnswer = 1_000;
const longestMs = 8_000;

export type ConnectorResult = { ok: true; value: Record<string, unknown> } | { ok: false; error: LookupError };

/** A call with all that came of it, for whoever sets the connector up. */
export interface ConnectorTrial {
  result: ConnectorResult;
  /** 'ok', a LookupError, or why no connection was made. */
  code: string;
  status: number | null;
  ms: number;
  answer: string;
}

export interface ConnectorOptions {
  /** Shorter than the connector's own counts. */
  timeoutMs?: number;
  /** Sent along, so that a receiver can tell a repeat. */
  idempotencyKey?: string;
}

interface ConnectorRow {
  id: string;
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  secrets: Buffer | null;
  timeoutMs: number;
  mapping: AnswerPart[];
}

type Heard = Pick<ConnectorTrial, 'result' | 'code' | 'status' | 'answer'>;

/**
 * Looks things up for scripts, by connectors that an administrator set up. They lead to the public internet, and to those private
 * networks that OUTBOUND_ALLOW opens for providers; redirects are not followed.
 */
@Injectable()
export class ConnectorCalls {
  private readonly agentFor: AgentChoice;

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    config: HubConfig,
  ) {
    this.agentFor = guardAddresses(config.outboundAllow);
  }

  /** Never throws. A connector that is not there is a lookup that failed. */
  async call(ref: string, args: Record<string, unknown>, options: ConnectorOptions = {}): Promise<ConnectorResult> {
    try {
      return (await this.try('key', ref, args, options)).result;
    } catch {
      return { ok: false, error: 'failed' };
    }
  }

  /** By id, with what came of it. Throws for a connector that is not there. */
  test(id: string, args: Record<string, unknown>): Promise<ConnectorTrial> {
    return this.try('id', id, args, {});
  }

  private async try(
    by: 'id' | 'key',
    which: string,
    args: Record<string, unknown>,
    options: ConnectorOptions,
  ): Promise<ConnectorTrial> {
    const [row] = await this.database.query<ConnectorRow & Record<string, unknown>>(
      `select id, method, url, headers, secrets, timeout_ms as "timeoutMs", mapping from script_connector where ${by} = $1`,
      [which],
    );
    if (!row) {
      throw new Error('There is no such connector.');
    }
    const startedAt = performance.now();
    const url = fillAddress(row.url, args);
    const heard = url === null ? missing : await this.ask(row, url, args, options);
    return { ...heard, ms: Math.round(performance.now() - startedAt) };
  }

  private async ask(
    row: ConnectorRow,
    url: string,
    args: Record<string, unknown>,
    { timeoutMs = longestMs, idempotencyKey }: ConnectorOptions,
  ): Promise<Heard> {
    const isPost = row.method === 'POST';
    try {
      const answer = await exchange({
        method: row.method,
        url,
        headers: {
          accept: 'application/json',
          'user-agent': 'Peyk-Scripts',
          ...(isPost ? { 'content-type': 'application/json' } : {}),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          ...row.headers,
          ...this.secretsOf(row),
        },
        ...(isPost ? { body: JSON.stringify(args) } : {}),
        timeoutMs: Math.min(timeoutMs, row.timeoutMs, longestMs),
        limitBytes: largestAnswer,
        agentFor: this.agentFor,
      });
      return judge(answer.status, answer.body, row.mapping);
    } catch (error) {
      if (!(error instanceof ExchangeFailed)) {
        throw error;
      }
      const kind: LookupError = error.code === 'timeout' ? 'timeout' : 'failed';
      return { result: { ok: false, error: kind }, code: error.code, status: null, answer: '' };
    }
  }

  private secretsOf({ id, secrets }: ConnectorRow): Record<string, string> {
    return secrets ? (JSON.parse(this.box.open(secrets, connectorPlace(id))) as Record<string, string>) : {};
  }
}

/** Where a connector's secret headers are sealed. */
export function connectorPlace(id: string): { table: string; row: string; column: string } {
  return { table: 'script_connector', row: id, column: 'secrets' };
}

/** A customer who gave no number: nothing can be found for it. */
const missing: Heard = { result: { ok: false, error: 'absent' }, code: 'argument_missing', status: null, answer: '' };

function judge(status: number, body: Buffer, mapping: AnswerPart[]): Heard {
  const answer = storableText(body.toString('utf8', 0, shownOfAnswer * 4).slice(0, shownOfAnswer));
  const fail = (error: LookupError, code: string = error): Heard => ({
    result: { ok: false, error },
    code,
    status,
    answer,
  });
  if (status < 200 || status > 299) {
    return fail(errorOf(status));
  }
  if (body.length === 0) {
    return fail('absent');
  }
  try {
    const value = readAnswer(JSON.parse(body.toString('utf8')), mapping);
    return value === null ? fail('failed', 'too_large') : { result: { ok: true, value }, code: 'ok', status, answer };
  } catch {
    return fail('failed', 'not_json');
  }
}

function errorOf(status: number): LookupError {
  if (status === 404 || status === 410) {
    return 'absent';
  }
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'refused' : 'failed';
}
