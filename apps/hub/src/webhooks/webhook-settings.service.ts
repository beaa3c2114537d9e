import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ChannelTestView, WebhookSecretView, WebhookView } from '#contract';
import type { Actor } from '../auth/actor.js';
import { recordAct } from '../auth/record-act.js';
import { recordSettings } from '../auth/record-settings.js';
import { settingsRow } from '../auth/settings-row.js';
import { Database, type Transaction } from '../database/database.js';
import { conflict, invalid, notFound } from '../platform/errors/api-error.js';
import { SecretBox } from '../platform/secret-box.js';
import { presentWebhook, webhookRows, type WebhookRow } from './webhook-rows.query.js';
import { secretPlace, WebhookSender } from './webhook-sender.service.js';
import { usualTypes } from './webhook-types.js';
import type { ChangeWebhookDto, NewWebhookDto } from './webhooks.dto.js';

const most = 50;
const secretBytes = 32;
/** How long the former secret signs as well after it was replaced. */
const overlapHours = 24;
/** Whatever has not ended by now is still to come; `tells_from` passes over what had. */
const fromNow = 'pg_snapshot_xmin(pg_current_snapshot()), 0';

/** Webhooks as administrators set them up. A secret is shown when it is made and never again. */
@Injectable()
export class WebhookSettings {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly sender: WebhookSender,
  ) {}

  async list(): Promise<WebhookView[]> {
    const rows = await this.database.query<WebhookRow & Record<string, unknown>>(
      `${webhookRows} order by w.name, w.id`,
    );
    return rows.map(presentWebhook);
  }

  async get(id: string): Promise<WebhookView> {
    const [row] = await this.database.query<WebhookRow & Record<string, unknown>>(`${webhookRows} where w.id = $1`, [
      id,
    ]);
    if (!row) {
      throw notFound('This webhook');
    }
    return presentWebhook(row);
  }

  async create(actor: Actor, wish: NewWebhookDto): Promise<WebhookSecretView> {
    const id = uuid();
    const url = checkUrl(wish.url);
    const secret = newSecret();
    const { ordered = false, enabled = true, types = usualTypes } = wish;
    await this.database.transaction(async (tx) => {
      await refuseMore(tx);
      await tx.query(
        `insert into webhook (id, name, url, owner_id, types, ordered, enabled, secret, cursor_xid, cursor_position)
         select $1, $2, $3, $4, $5, $6, $7, $8, ${fromNow}`,
        [id, wish.name, url, actor.id, types, ordered, enabled, this.box.seal(secret, secretPlace(id))],
      );
      await recordAct(tx, { actorId: actor.id, action: 'webhook.created', subject: id, details: { url, types } });
    });
    return { webhook: await this.get(id), secret };
  }

  async change(actor: Actor, id: string, change: ChangeWebhookDto): Promise<WebhookView> {
    const url = change.url === undefined ? null : checkUrl(change.url);
    await this.database.transaction(async (tx) => {
      const [was] = await tx.query<{ enabled: boolean; owner_gone: boolean }>(
        `select w.enabled, exists (select 1 from agent a where a.id = w.owner_id and a.disabled_at is not null) as owner_gone
         from webhook w where w.id = $1 for update of w`,
        [id],
      );
      if (!was) {
        throw notFound('This webhook');
      }
      const before = await settingsRow(tx, 'webhook', id);
      await tx.query(
        `update webhook set name = coalesce($2, name), url = coalesce($3, url), types = coalesce($4, types),
           ordered = coalesce($5, ordered), owner_id = case when $6 then $7 else owner_id end where id = $1`,
        [id, change.name, url, change.types, change.ordered, was.owner_gone, actor.id],
      );
      await this.switch(tx, id, was.enabled, change);
      await recordSettings(tx, { actorId: actor.id, table: 'webhook', id, became: 'changed', before });
    });
    return this.get(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const removed = await tx.query('delete from webhook where id = $1 returning id', [id]);
      if (removed.length === 0) {
        throw notFound('This webhook');
      }
      await recordAct(tx, { actorId: actor.id, action: 'webhook.removed', subject: id });
    });
  }

  /** Puts a new secret in place. The former one signs beside it for a day, so that receivers need not change in the same moment. */
  async rotate(actor: Actor, id: string): Promise<WebhookSecretView> {
    const secret = newSecret();
    await this.database.transaction(async (tx) => {
      const rotated = await tx.query(
        `update webhook set former_secret = secret, former_until = clock_timestamp() + interval '${overlapHours} hours', secret = $2
         where id = $1 returning id`,
        [id, this.box.seal(secret, secretPlace(id))],
      );
      if (rotated.length === 0) {
        throw notFound('This webhook');
      }
      await recordAct(tx, { actorId: actor.id, action: 'webhook.secret_rotated', subject: id });
    });
    return { webhook: await this.get(id), secret };
  }

  /** Posts an event of its own kind now, once. It is in no log of deliveries and nothing depends on it. */
  async test(actor: Actor, id: string): Promise<ChannelTestView> {
    const [row] = await this.database.query<{ url: string; secret: Buffer; former_secret: Buffer | null }>(
      'select url, secret, case when former_until > clock_timestamp() then former_secret end as former_secret from webhook where id = $1',
      [id],
    );
    if (!row) {
      throw notFound('This webhook');
    }
    const heard = await this.sender.post({
      webhookId: id,
      url: row.url,
      secret: row.secret,
      formerSecret: row.former_secret,
      id: uuid(),
      body: { type: 'webhook.test', timestamp: new Date().toISOString(), data: { webhook: id } },
    });
    const code = heard.error ?? `status_${heard.status ?? 0}`;
    const told = { ok: heard.isTaken, code: heard.isTaken ? 'ok' : code, text: textOf(heard) };
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'webhook.tried', subject: id, details: { code: told.code } }),
    );
    return told;
  }

  /** Switched on, a webhook goes on where it stopped, or from now on. What was waiting is due at once. */
  private async switch(tx: Transaction, id: string, was: boolean, change: ChangeWebhookDto): Promise<void> {
    if (change.enabled === undefined || change.enabled === was) {
      return;
    }
    await tx.query(
      `update webhook set enabled = $2, off_reason = null, off_at = null, failing_since = null, rest_until = '-infinity' where id = $1`,
      [id, change.enabled],
    );
    if (!change.enabled) {
      return;
    }
    if (change.catchUp === false) {
      await tx.query(
        `update webhook set tells_from = clock_timestamp(), (cursor_xid, cursor_position) = (select ${fromNow}) where id = $1`,
        [id],
      );
      await tx.query(
        `update webhook_delivery set state = 'failed', ended_at = clock_timestamp() where webhook_id = $1 and state in ('queued', 'sending')`,
        [id],
      );
      return;
    }
    await tx.query(
      `update webhook_delivery set due_at = clock_timestamp(), tries = 0 where webhook_id = $1 and state = 'queued'`,
      [id],
    );
  }
}

async function refuseMore(tx: Transaction): Promise<void> {
  const [row] = await tx.query<{ count: number }>('select count(*)::int as count from webhook');
  if ((row?.count ?? 0) >= most) {
    throw conflict('too_many_webhooks', `There can be ${most} webhooks. Remove one that is not needed any more.`);
  }
}

function newSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** Where it leads is looked at when it is dialled, since names change what they mean; here only whether it is one. */
function checkUrl(written: string): string {
  const url = URL.parse(written.trim());
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalid('url', 'Give an address that begins with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(
      'url',
      'An address with a user name or password in it would show them. The signature proves who calls.',
    );
  }
  url.hash = '';
  return url.href;
}

function textOf({ status, error, answer }: { status: number | null; error: string | null; answer: string }): string {
  if (error === 'address_refused') {
    return 'The address lies in a private network. Webhooks go to the public internet only.';
  }
  if (status === null) {
    return `No answer came (${error ?? 'unknown'}).`;
  }
  return `The receiver answered ${status}. ${answer}`.trim();
}
