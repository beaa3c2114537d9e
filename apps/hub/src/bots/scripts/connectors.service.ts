import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ScriptConnectorTestView, ScriptConnectorView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { SecretBox } from '../../platform/secret-box.js';
import { argumentsIn } from './connector-address.js';
import { ConnectorCalls, connectorPlace } from './connector-calls.service.js';
import { checkAddress, columnsOf, readHeaders, refuseMove } from './connector-terms.js';
import type { ChangeConnectorDto, NewConnectorDto } from './connectors.dto.js';
import { answeringBodies } from './live-version.query.js';

const most = 100;
const usualTimeoutMs = 5_000;

const view = `
select c.id, c.key, c.title, c.method, c.url, c.headers, c.secret_names as "secretHeaders", c.timeout_ms as "timeoutMs", c.mapping,
  coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name) from script s
    where s.removed_at is null and (s.source ~ uses.words
      or exists (select 1 from (${answeringBodies('s.id')}) now where now.body -> 'nodes' @? uses.path))), '[]') as "usedBy"
from script_connector c
cross join lateral (select ('$.* ? (@.ref == ' || to_json(c.key) || ')')::jsonpath as path,
  '\\mref["'']?\\s*:\\s*["'']?' || c.key || '\\M' as words) uses`;

type Row = Omit<ScriptConnectorView, 'args'> & Record<string, unknown>;

/** The lookups that scripts may make, as administrators set them up. Values of secret headers are never shown again. */
@Injectable()
export class Connectors {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly calls: ConnectorCalls,
  ) {}

  async list(): Promise<ScriptConnectorView[]> {
    const rows = await this.database.query<Row>(`${view} order by c.key`);
    return rows.map(present);
  }

  async create(actor: Actor, { key, ...wish }: NewConnectorDto): Promise<ScriptConnectorView> {
    const id = uuid();
    checkAddress(wish.url);
    await this.database
      .transaction(async (tx) => {
        const [room] = await tx.query<{ count: number }>('select count(*)::int as count from script_connector');
        if ((room?.count ?? 0) >= most) {
          throw conflict('too_many_connectors', `There can be ${most} connectors.`);
        }
        await tx.query(
          `insert into script_connector (id, key, title, method, url, headers, timeout_ms, mapping) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            id,
            key,
            wish.title ?? '',
            wish.method ?? 'GET',
            wish.url.trim(),
            JSON.stringify(readHeaders(wish.headers ?? {}, 'headers')),
            wish.timeoutMs ?? usualTimeoutMs,
            JSON.stringify(wish.mapping ?? []),
          ],
        );
        await this.sealSecrets(tx, id, null, wish.secrets);
        await recordAct(tx, { actorId: actor.id, action: 'connector.created', subject: id, details: { key } });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeConnectorDto): Promise<ScriptConnectorView> {
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ secrets: Buffer | null; names: string[]; url: string; key: string }>(
        'select secrets, secret_names as names, url, key from script_connector where id = $1 for update',
        [id],
      );
      if (!row) {
        throw notFound('This connector');
      }
      refuseMove(row, change);
      await tx.query(
        `update script_connector set title = coalesce($2, title), method = coalesce($3, method), url = coalesce($4, url),
           headers = coalesce($5, headers), timeout_ms = coalesce($6, timeout_ms), mapping = coalesce($7, mapping),
           changed_at = clock_timestamp() where id = $1`,
        [id, ...columnsOf(change)],
      );
      await this.sealSecrets(tx, id, row.secrets, change.secrets);
      const fields = Object.keys(change);
      await recordAct(tx, { actorId: actor.id, action: 'connector.changed', subject: id, details: { fields } });
    });
    return this.get(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { key, usedBy } = await this.get(id);
    const [user] = usedBy;
    if (user) {
      throw conflict(
        'in_use',
        `The script “${user.name}” looks things up with this connector. Change that script first.`,
      );
    }
    await this.database.transaction(async (tx) => {
      await tx.query('delete from script_connector where id = $1', [id]);
      await recordAct(tx, { actorId: actor.id, action: 'connector.removed', subject: id, details: { key } });
    });
  }

  /** Looks something up now, as a script would. */
  async test(actor: Actor, id: string, args: Record<string, unknown>): Promise<ScriptConnectorTestView> {
    const { key } = await this.get(id);
    const { result, ...told } = await this.calls.test(id, args);
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'connector.tried', subject: id, details: { key, code: told.code } }),
    );
    return { ...told, ok: result.ok, value: result.ok ? result.value : null };
  }

  private async get(id: string): Promise<ScriptConnectorView> {
    const [row] = await this.database.query<Row>(`${view} where c.id = $1`, [id]);
    if (!row) {
      throw notFound('This connector');
    }
    return present(row);
  }

  private async sealSecrets(
    tx: Transaction,
    id: string,
    stored: Buffer | null,
    wish: Record<string, unknown> | undefined,
  ): Promise<void> {
    if (wish === undefined) {
      return;
    }
    const had = stored ? (JSON.parse(this.box.open(stored, connectorPlace(id))) as Record<string, string>) : {};
    const kept = Object.entries(had).filter(([name]) => !Object.hasOwn(wish, name));
    const given = Object.entries(wish).filter(([, value]) => value !== null);
    const secrets = readHeaders(Object.fromEntries([...kept, ...given]), 'secrets');
    const names = Object.keys(secrets);
    const sealed = names.length === 0 ? null : this.box.seal(JSON.stringify(secrets), connectorPlace(id));
    await tx.query('update script_connector set secrets = $2, secret_names = $3 where id = $1', [id, sealed, names]);
  }
}

function present({
  id,
  key,
  title,
  method,
  url,
  headers,
  secretHeaders,
  timeoutMs,
  mapping,
  usedBy,
}: Row): ScriptConnectorView {
  return { id, key, title, method, url, headers, secretHeaders, timeoutMs, mapping, args: argumentsIn(url), usedBy };
}

function explain(error: unknown): never {
  if ((error as { code?: string }).code === '23505') {
    throw conflict('key_taken', 'There is a connector of this name already.', 'key');
  }
  throw error;
}
