import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ZodError, type ZodType } from 'zod';
import { findMisfit, type ChannelAdapter } from '#channels';
import { HubConfig } from '#config';
import type { AuditAction, ChannelView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { may } from '../../auth/permissions.js';
import { recordAct } from '../../auth/record-act.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { SealBroken, SecretBox } from '../../platform/secret-box.js';
import { ChannelDirectory } from '../channel-directory.service.js';
import { ChannelConnections } from './channel-connections.service.js';
import type { ChangeChannelDto, NewChannelDto } from './channels.dto.js';

interface ChannelRow {
  id: string;
  kind: ChannelView['kind'];
  name: string;
  enabled: boolean;
  queue_id: string | null;
  config: Record<string, unknown>;
  secrets: Buffer | null;
  /** What its provider said when it was told of our way in, which it will be again; null when it took it. */
  refusal: string | null;
}

const channelRows = `
  select c.id, c.kind, c.name, c.enabled, c.queue_id, c.config, c.secrets, n.problem as refusal
  from channel c left join channel_connection n on n.channel_id = c.id`;

/** Channels as administrators set them up. Secrets go in and never come out; what is stored passed its adapter's own schema. */
@Injectable()
export class ChannelSettings {
  private readonly logger = new Logger(ChannelSettings.name);

  constructor(
    private readonly database: Database,
    private readonly directory: ChannelDirectory,
    private readonly connections: ChannelConnections,
    private readonly box: SecretBox,
    private readonly hub: HubConfig,
  ) {}

  /** Agents see which channels there are, administrators how they are set. */
  async list(actor: Actor): Promise<ChannelView[]> {
    const rows = await this.database.query<ChannelRow>(`${channelRows} order by c.name, c.id`);
    return rows.map((row) => this.present(row, may(actor, 'channels.manage')));
  }

  async create(actor: Actor, channel: NewChannelDto): Promise<ChannelView> {
    const id = uuid();
    const adapter = this.directory.adapterFor(channel.kind);
    const config = check(adapter.config, channel.config ?? {}, 'config');
    const open = check(adapter.secrets, channel.secrets ?? {}, 'secrets');
    this.refuseMisfit(adapter, channel.enabled ?? true, { ...config, ...open });
    const secrets = this.seal(id, adapter, open);
    await this.database
      .transaction(async (tx) => {
        const queueId = channel.queueId ?? (await this.anyQueue(tx));
        await tx.query(
          'insert into channel (id, kind, name, config, secrets, key_id, queue_id, enabled) values ($1, $2, $3, $4, $5, $6, $7, $8)',
          [
            id,
            channel.kind,
            channel.name,
            JSON.stringify(config),
            secrets,
            secrets && '1',
            queueId,
            channel.enabled ?? true,
          ],
        );
        await recordChange(tx, actor, { id, before: {}, action: 'channel.created' });
      })
      .catch(explain);
    return this.afterChange(id);
  }

  async change(actor: Actor, id: string, change: ChangeChannelDto): Promise<ChannelView> {
    await this.database
      .transaction(async (tx) => {
        const row = await this.getRow(tx, id, 'for update of c');
        const before = await settingsRow(tx, 'channel', id);
        const adapter = this.directory.adapterFor(row.kind);
        const config = check(adapter.config, change.config ?? row.config, 'config');
        const open = check(adapter.secrets, { ...this.unseal(row), ...change.secrets }, 'secrets');
        this.refuseMisfit(adapter, change.enabled ?? row.enabled, { ...config, ...open });
        const secrets = this.seal(id, adapter, open);
        await tx.query(
          'update channel set name = $2, enabled = $3, queue_id = $4, config = $5, secrets = $6, key_id = $7, secrets_problem = null where id = $1',
          [
            id,
            change.name ?? row.name,
            change.enabled ?? row.enabled,
            change.queueId ?? row.queue_id,
            JSON.stringify(config),
            secrets,
            secrets && '1',
          ],
        );
        const entered = Object.keys(change.secrets ?? {});
        await recordChange(tx, actor, { id, before, action: 'channel.changed', entered });
      })
      .catch(explain);
    return this.afterChange(id);
  }

  /**
   * Takes in what a provider has put in place of a secret. `replaced` is what the account was opened with: a secret that somebody has
   * entered since then stays. What cannot be kept is told with the channel, on every node: once this process ends it is gone.
   */
  async keepSecrets(id: string, secrets: Record<string, string>, replaced: Record<string, unknown>): Promise<void> {
    try {
      await this.database.transaction((tx) => this.replaceSecrets(tx, id, secrets, replaced));
    } catch (error) {
      const why = `The provider has replaced the permission to use this account, and the new one could not be stored (${error instanceof Error ? error.message : String(error)}). It works until Peyk is started anew; then somebody has to sign in again.`;
      this.logger.error(`channel ${id}: ${why}`);
      await this.database
        .query('update channel set secrets_problem = $2 where id = $1', [id, why.slice(0, 1_000)])
        .catch(() => undefined);
      throw error;
    }
    await this.directory.refresh();
  }

  private async replaceSecrets(
    tx: Transaction,
    id: string,
    secrets: Record<string, string>,
    replaced: Record<string, unknown>,
  ): Promise<void> {
    const row = await this.getRow(tx, id, 'for update of c');
    const stored = this.unseal(row);
    const due = Object.entries(secrets).filter(([name]) => stored[name] === replaced[name]);
    const sealed = this.seal(id, this.directory.adapterFor(row.kind), { ...stored, ...Object.fromEntries(due) });
    if (due.length > 0) {
      await tx.query('update channel set secrets = $2, key_id = $3 where id = $1', [id, sealed, sealed && '1']);
    }
    await tx.query('update channel set secrets_problem = null where id = $1 and secrets_problem is not null', [id]);
  }

  /** What `read` says of a channel's secrets, which must not be the secrets themselves. */
  async readSecrets<T>(
    id: string,
    read: (stored: Record<string, unknown>, kind: ChannelView['kind']) => T,
  ): Promise<T> {
    const row = await this.getRow(this.database, id);
    return read(this.unseal(row), row.kind);
  }

  /** Puts in place of a channel's secrets what `change` makes of them; nobody else changes them in between. Its own schema checks the outcome. */
  async changeSecrets(
    id: string,
    change: (
      stored: Record<string, unknown>,
      kind: ChannelView['kind'],
      tx: Transaction,
    ) => Promise<Record<string, unknown>>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.getRow(tx, id, 'for update of c');
      const sealed = this.seal(id, this.directory.adapterFor(row.kind), await change(this.unseal(row), row.kind, tx));
      await tx.query('update channel set secrets = $2, key_id = $3 where id = $1', [id, sealed, sealed && '1']);
    });
    await this.directory.refresh();
  }

  /** A channel with messages stays, switched off: its messages name it. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.getRow(tx, id);
      const before = await settingsRow(tx, 'channel', id);
      const [used] = await tx.query(
        'select 1 from inbound_event where channel_id = $1 union all (select 1 from message where channel_id = $1 limit 1) limit 1',
        [id],
      );
      if (used) {
        await tx.query('update channel set enabled = false where id = $1', [id]);
        await recordChange(tx, actor, { id, before, action: 'channel.changed' });
        return;
      }
      await tx.query('delete from account_lease where channel_id = $1', [id]);
      await tx.query('delete from channel where id = $1', [id]);
      await recordChange(tx, actor, { id, before, action: 'channel.removed' });
    });
    await this.directory.refresh();
  }

  /** The provider is told of the way in only once the settings are stored; what it says against it is shown with the channel. */
  private async afterChange(id: string): Promise<ChannelView> {
    await this.directory.refresh();
    await this.connections.saved(id);
    return this.present(await this.getRow(this.database, id), true);
  }

  private present(row: ChannelRow, withSettings: boolean): ChannelView {
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      enabled: row.enabled,
      queueId: row.queue_id,
      config: withSettings ? row.config : {},
      secretsSet: withSettings ? Object.keys(this.unseal(row)) : [],
      problem: withSettings ? (this.directory.problemOf(row.id) ?? row.refusal) : null,
    };
  }

  /** Secrets that no key of ours opens are as good as none: the channel is off and says so, and they can be entered again. */
  private unseal(row: ChannelRow): Record<string, unknown> {
    try {
      return row.secrets ? (JSON.parse(this.box.open(row.secrets, placeOf(row.id))) as Record<string, unknown>) : {};
    } catch (error) {
      if (error instanceof SealBroken) {
        return {};
      }
      throw error;
    }
  }

  private seal(id: string, adapter: ChannelAdapter, secrets: Record<string, unknown>): Buffer | null {
    const checked = check(adapter.secrets, secrets, 'secrets');
    return Object.keys(checked).length === 0 ? null : this.box.seal(JSON.stringify(checked), placeOf(id));
  }

  /** A channel that is switched off may lack what it likes. */
  private refuseMisfit({ kind }: ChannelAdapter, isEnabled: boolean, settings: Record<string, unknown>): void {
    const misfit = isEnabled ? findMisfit(kind, settings, this.hub.publicUrl) : null;
    if (misfit) {
      throw invalid(misfit.field, misfit.detail);
    }
  }

  private async getRow(sql: Pick<Transaction, 'query'>, id: string, lock = ''): Promise<ChannelRow> {
    const [row] = await sql.query<ChannelRow>(`${channelRows} where c.id = $1 ${lock}`, [id]);
    if (!row) {
      throw notFound('This channel');
    }
    return row;
  }

  private async anyQueue(tx: Transaction): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>('select id from queue order by id limit 1');
    return row?.id ?? null;
  }
}

function placeOf(id: string): { table: string; row: string; column: string } {
  return { table: 'channel', row: id, column: 'secrets' };
}

/** Checks settings by their adapter's schema; the first fault names its field. */
/** Settings with what they were; of secrets only which ones somebody entered. */
async function recordChange(
  tx: Transaction,
  actor: Actor,
  act: { id: string; before: Record<string, unknown>; action: AuditAction; entered?: string[] },
): Promise<void> {
  const changes = diffOf(act.before, await settingsRow(tx, 'channel', act.id));
  const details = { changes, ...(act.entered?.length && { secretsEntered: act.entered }) };
  await recordAct(tx, { actorId: actor.id, action: act.action, subject: act.id, details });
}

function check(schema: ZodType, value: unknown, field: string): Record<string, unknown> {
  try {
    return schema.parse(value) as Record<string, unknown>;
  } catch (error) {
    const [issue] = error instanceof ZodError ? error.issues : [];
    throw invalid([field, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'These settings are not valid.');
  }
}

function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint === 'channel_name_key') {
    throw conflict('name_taken', 'There is a channel of this name.', 'name');
  }
  if (code === '23503') {
    throw invalid('queueId', 'There is no such queue.');
  }
  throw error;
}
