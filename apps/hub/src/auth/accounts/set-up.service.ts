import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { conflict } from '../../platform/errors/api-error.js';
import { newToken, sha256 } from '../tokens.js';
import { insertAccount, type NewAccount } from './account.service.js';
import { checkPassword } from './check-password.js';
import { PasswordHasher } from './password-hasher.js';

export interface FirstAdmin {
  email: string;
  name: string;
  password: string;
  locale: 'en' | 'fa';
}

const settingKey = 'setup';

/**
 * The first administrator: made from the environment, or by whoever has the link that the start-up prints.
 *
 * The link's token is kept as a hash and a new one is made at each start until it was used, because a kept one could not be
 * printed again. Using it and making the account is one transaction: of several at once, one wins.
 */
@Injectable()
export class SetUpService implements OnApplicationBootstrap {
  /** For the start-up to print; null when nothing is left to set up. */
  token: string | null = null;

  constructor(
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!(await this.isNeeded())) {
      return;
    }
    if (this.config.admin === null) {
      this.token = await this.offer();
    } else {
      await this.makeConfigured(this.config.admin);
    }
  }

  async isNeeded(): Promise<boolean> {
    const [row] = await this.database.query<{ needed: boolean }>('select not exists (select from agent) as needed');
    return row?.needed ?? false;
  }

  /** Makes the administrator and returns the account's id. Throws ApiError: a used or foreign token says no more than that. */
  async complete(token: string, admin: FirstAdmin): Promise<string> {
    checkPassword(admin.password, admin);
    await this.refuseForeign(token);
    const passwordHash = await this.hasher.hash(admin.password);
    return this.database.transaction(async (tx) => {
      const used = await tx.query(`delete from setting where key = $1 and value ->> 'tokenHash' = $2 returning key`, [
        settingKey,
        hashOf(token),
      ]);
      const someone = await tx.query('select from agent limit 1');
      if (used.length === 0 || someone.length > 0) {
        throw refusal();
      }
      return foundDesk(tx, { ...admin, role: 'admin', passwordHash });
    });
  }

  /** Before any hashing, so that guessing tokens costs the hub nothing. */
  private async refuseForeign(token: string): Promise<void> {
    const rows = await this.database.query(`select from setting where key = $1 and value ->> 'tokenHash' = $2`, [
      settingKey,
      hashOf(token),
    ]);
    if (rows.length === 0) {
      throw refusal();
    }
  }

  private async offer(): Promise<string> {
    const token = newToken();
    await this.database.query(
      `insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()`,
      [settingKey, JSON.stringify({ tokenHash: hashOf(token) })],
    );
    return token;
  }

  /** Several nodes may start at once on an empty database: the unique address lets one of them make it. */
  private async makeConfigured(admin: { email: string; password: string }): Promise<void> {
    checkPassword(admin.password, admin, 'PEYK_ADMIN_PASSWORD');
    const passwordHash = await this.hasher.hash(admin.password);
    try {
      const account = { email: admin.email, name: admin.email, role: 'admin', passwordHash, locale: 'fa' } as const;
      await this.database.transaction((tx) => foundDesk(tx, account));
    } catch (error) {
      if (await this.isNeeded()) {
        throw error;
      }
    }
  }
}

/** The first administrator, and a first queue that they serve: a hub that was just set up can take a message and hand it to somebody. */
async function foundDesk(sql: Sql, admin: NewAccount): Promise<string> {
  const agentId = await insertAccount(sql, admin);
  const queueName = admin.locale === 'fa' ? 'پشتیبانی' : 'Support';
  await sql.query(`insert into queue (id, name) select $1, $2 where not exists (select from queue)`, [
    uuid(),
    queueName,
  ]);
  await sql.query('insert into queue_member (queue_id, agent_id) select id, $1 from queue', [agentId]);
  return agentId;
}

function hashOf(token: string): string {
  return sha256(token).toString('hex');
}

function refusal(): Error {
  return conflict(
    'setup_link_spent',
    'This set-up link was used or replaced. Restart the hub for a new one, or sign in.',
    'token',
  );
}
