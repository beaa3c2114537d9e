import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ApiKeyView } from '#contract';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { Actor, Scope } from '../actor.js';
import { absentActor, rightsColumns, type RightsRow } from '../read-actor.js';
import { recordAct } from '../record-act.js';
import { SecurityLog } from '../security-log.service.js';
import { newToken, sha256 } from '../tokens.js';

const prefix = 'peyk_';

/** One statement: who it is, and a note that it was used when the last one is a minute old. */
const resolveStatement = {
  name: 'resolve-api-key',
  text: `
    with found as (
      select k.id, k.scopes, k.last_used_at, a.id as agent_id, ${rightsColumns}
      from api_key k join agent a on a.id = k.agent_id
      where k.token_hash = $1 and k.revoked_at is null and a.disabled_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
    ), used as (
      update api_key set last_used_at = clock_timestamp()
      from found where api_key.id = found.id
        and (found.last_used_at is null or found.last_used_at < clock_timestamp() - interval '1 minute')
    )
    select id, scopes, agent_id, role, own_role from found`,
};

const listStatement = `
select k.id, k.name, k.scopes, jsonb_build_object('id', a.id, 'name', a.name) as owner, k.created_at as "createdAt",
       k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt"
from api_key k join agent a on a.id = k.agent_id
where k.revoked_at is null and ($1::uuid is null or k.agent_id = $1)
order by a.name, k.id`;

export interface NewApiKey {
  name: string;
  scopes: Scope[];
  /** null: until it is revoked. */
  expiresAt: Date | null;
}

/** Keys for programs. Each acts with its agent's rights of the moment, narrowed by its scopes; kept as hashes, shown once. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly security: SecurityLog,
  ) {}

  async create(agentId: string, { name, scopes, expiresAt }: NewApiKey): Promise<{ id: string; key: string }> {
    const [id, key] = [uuid(), prefix + newToken()];
    await this.database.transaction(async (tx) => {
      await tx.query(
        'insert into api_key (id, agent_id, name, token_hash, scopes, expires_at) values ($1, $2, $3, $4, $5, $6)',
        [id, agentId, name, sha256(key), scopes, expiresAt],
      );
      await recordAct(tx, { actorId: agentId, action: 'api_key.created', subject: id, details: { scopes } });
    });
    return { id, key };
  }

  /** null: everybody's. */
  list(agentId: string | null): Promise<ApiKeyView[]> {
    return this.database.query<ApiKeyView & Record<string, unknown>>(listStatement, [agentId]);
  }

  /** `ownerId`: whose alone it may be; null: anybody's. */
  async revoke(actorId: string, id: string, ownerId: string | null = actorId): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ agent_id: string }>(
        `update api_key set revoked_at = clock_timestamp()
         where id = $1 and ($2::uuid is null or agent_id = $2) and revoked_at is null returning agent_id`,
        [id, ownerId],
      );
      if (!row) {
        throw notFound('This key');
      }
      this.events.emitAfterCommit(tx, 'rights.changed', { agentId: row.agent_id });
      const details = { owner: row.agent_id };
      await recordAct(tx, { actorId, action: 'api_key.revoked', subject: id, details });
    });
  }

  /** Who the key acts for, with the rights they have now; null when it does not hold. */
  async resolve(key: string): Promise<Actor | null> {
    if (!key.startsWith(prefix)) {
      return null;
    }
    const hash = sha256(key);
    const [row] = await this.database.query<
      RightsRow & { id: string; scopes: Scope[]; agent_id: string } & Record<string, unknown>
    >(resolveStatement, [hash]);
    if (row) {
      return { ...absentActor(row.agent_id, row), apiKeyId: row.id, scopes: row.scopes };
    }
    await this.security.noteOnce(`key ${hash.toString('base64')}`, () => this.noteDead(hash));
    return null;
  }

  /** One that once held is still in somebody's hands. One that never was is noise. */
  private async noteDead(hash: Buffer): Promise<void> {
    const [dead] = await this.database.query<{ id: string; agent_id: string }>(
      'select id, agent_id from api_key where token_hash = $1',
      [hash],
    );
    if (dead) {
      this.security.note('A key was used that does not hold any more.', { keyId: dead.id, agentId: dead.agent_id });
    }
  }
}
