import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { oversees, type Actor } from '../auth/actor.js';
import { Principals } from '../auth/principals.js';
import { Database } from '../database/database.js';
import { agentStandings, type AgentStanding } from './agent-standings.query.js';
import type { Room } from './audience.js';

/** What somebody behind a socket may do and hear, as of one reading. The people they opened are not part of it. */
export interface Standing {
  actor: Actor;
  name: string;
  rooms: Room[];
}

/** Reads the rights behind sockets: when one comes, and for many at once afterwards. */
@Injectable()
export class AgentStandings {
  constructor(
    private readonly database: Database,
    private readonly principals: Principals,
  ) {}

  /** Who is knocking; null when their credentials do not hold. */
  async identify(headers: IncomingHttpHeaders): Promise<Standing | null> {
    const actor = await this.principals.fromHeaders(headers);
    const [standing] = actor ? await this.list([actor]) : [];
    return standing ?? null;
  }

  /** Where these actors stand now, in their order; null where one may not hear anything any more. */
  async list(actors: Actor[]): Promise<(Standing | null)[]> {
    const idsOf = (name: 'sessionId' | 'apiKeyId'): string[] => [
      ...new Set(actors.flatMap((actor) => actor[name] ?? [])),
    ];
    const rows = await this.database.query<AgentStanding>(agentStandings, [idsOf('sessionId'), idsOf('apiKeyId')]);
    const byCredential = new Map(rows.map((row) => [row.credential, row]));
    return actors.map((actor) => {
      const row = byCredential.get(actor.sessionId ?? actor.apiKeyId ?? '');
      return row && mayRead(row) ? standingOf(actor, row) : null;
    });
  }
}

function standingOf(actor: Actor, row: AgentStanding): Standing {
  const now: Actor = { ...actor, role: row.role, ownRole: row.own_role, scopes: row.scopes };
  const rooms: Room[] = [
    `agent:${row.id}`,
    ...row.queue_ids.map((id): Room => `queue:${id}`),
    ...(oversees(now) ? (['overseers'] as const) : []),
  ];
  return { actor: now, name: row.name, rooms };
}

/** A key that may not read hears nothing. */
function mayRead({ scopes }: Pick<AgentStanding, 'scopes'>): boolean {
  return scopes === null || scopes.includes('read');
}
