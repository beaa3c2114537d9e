import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Role } from '#contract';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { Actor, Scope } from '../actor.js';
import { newToken, sha256 } from '../tokens.js';

const prefix = 'peyk_';

const resolveStatement = {
  name: 'resolve-api-key',
  text: `
    select k.id, k.scopes, a.id as agent_id, a.role
    from api_key k join agent a on a.id = k.agent_id
    where k.token_hash = $1 and k.revoked_at is null and a.disabled_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())`,
};

export interface NewApiKey {
  name: string;
  scopes: Scope[];
  /** null: until it is revoked. */
  expiresAt: Date | null;
}

export interface ApiKeyRow {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
}

/** Keys for programs. Each acts with its agent's rights of the moment, narrowed by its scopes; kept as hashes, shown once. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
  ) {}

  async create(agentId: string, wish: NewApiKey): Promise<{ id: string; key: string }> {
    const [id, key] = [uuid(), prefix + newToken()];
    await this.database.query(
      'insert into api_key (id, agent_id, name, token_hash, scopes, expires_at) values ($1, $2, $3, $4, $5, $6)',
      [id, agentId, wish.name, sha256(key), wish.scopes, wish.expiresAt],
    );
    return { id, key };
  }

  list(agentId: string): Promise<ApiKeyRow[]> {
    return this.database.query<ApiKeyRow & Record<string, unknown>>(
      `select id, name, scopes, created_at as "createdAt", expires_at as "expiresAt" from api_key
       where agent_id = $1 and revoked_at is null order by id`,
      [agentId],
    );
  }

  async revoke(agentId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query(
        'update api_key set revoked_at = clock_timestamp() where id = $1 and agent_id = $2 and revoked_at is null returning id',
        [id, agentId],
      );
      if (!row) {
        throw notFound('This key');
      }
      this.events.emitAfterCommit(tx, 'rights.changed', { agentId });
    });
  }

  /** Who the key acts for, with the rights they have now; null when it does not hold. */
  async resolve(key: string): Promise<Actor | null> {
    if (!key.startsWith(prefix)) {
      return null;
    }
    const [row] = await this.database.query<{ id: string; scopes: Scope[]; agent_id: string; role: Role }>(
      resolveStatement,
      [sha256(key)],
    );
    return row
      ? { kind: 'agent', id: row.agent_id, role: row.role, sessionId: null, apiKeyId: row.id, scopes: row.scopes }
      : null;
  }
}
