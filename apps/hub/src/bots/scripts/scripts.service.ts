import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { parse } from 'yaml';
import type { ScriptListView, ScriptScenarioView, ScriptView } from '#contract';
import { scriptLimits, type Scenario } from '#bots';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { blankScript } from './blank-script.js';
import { answeringBodies } from './live-version.query.js';
import { readScenarios } from './read-simulation.js';
import { presentScript, readReleases, readVersions, scriptRows, type ScriptRow } from './script-rows.query.js';
import type { NewScriptDto, SaveDraftDto } from './scripts.dto.js';

const most = 500;
const keyPattern = /^[a-z][a-z0-9_]{0,47}$/;

/** What is written of a script and not published. */
export interface ScriptDraft {
  id: string;
  name: string;
  key: string | null;
  source: string;
  scenarios: Scenario[];
  draftVersion: number;
}

/** Scripts while they are written. A draft may be wrong in every way; what is published passed the gate. */
@Injectable()
export class Scripts {
  constructor(private readonly database: Database) {}

  async list(): Promise<ScriptListView[]> {
    const rows = await this.database.query<ScriptRow>(`${scriptRows} order by s.name, s.id`);
    return rows.map(presentScript);
  }

  async get(id: string): Promise<ScriptView> {
    const [[row], draft, versions, releases] = await Promise.all([
      this.database.query<ScriptRow>(`${scriptRows} and s.id = $1`, [id]),
      this.draft(id),
      readVersions(this.database, id),
      readReleases(this.database, id),
    ]);
    if (!row) {
      throw notFound('This script');
    }
    const scenarios = draft.scenarios as ScriptScenarioView[];
    return { ...presentScript(row), source: draft.source, scenarios, versions, releases };
  }

  async draft(id: string): Promise<ScriptDraft> {
    const [row] = await this.database.query<ScriptDraft & Record<string, unknown>>(
      `select id, name, key, source, scenarios, draft_version as "draftVersion" from script where id = $1 and removed_at is null`,
      [id],
    );
    if (!row) {
      throw notFound('This script');
    }
    return row;
  }

  async create(actor: Actor, wish: NewScriptDto): Promise<ScriptView> {
    const key = wish.source === undefined ? await this.freeKey(wish.key) : keyIn(wish.source);
    const id = await this.database
      .transaction((tx) =>
        this.add(tx, actor, {
          name: wish.name,
          key,
          source: wish.source ?? blankScript(key as string, wish.name),
          scenarios: wish.scenarios === undefined ? [] : readScenarios(wish.scenarios),
          demo: false,
        }),
      )
      .catch(explain);
    return this.get(id);
  }

  /** Writes a new script in the transaction; names and keys that are taken end it. */
  async add(
    tx: Transaction,
    actor: Pick<Actor, 'id'>,
    script: Omit<ScriptDraft, 'id' | 'draftVersion'> & { demo: boolean },
  ): Promise<string> {
    const id = uuid();
    const [room] = await tx.query<{ count: number }>(
      'select count(*)::int as count from script where removed_at is null',
    );
    if ((room?.count ?? 0) >= most) {
      throw conflict('too_many_scripts', `There can be ${most} scripts. Remove one that is not needed any more.`);
    }
    await tx.query(
      `insert into script (id, name, key, source, scenarios, drafted_by, demo) values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, script.name, script.key, script.source, JSON.stringify(script.scenarios), actor.id, script.demo],
    );
    await recordAct(tx, { actorId: actor.id, action: 'script.created', subject: id, details: { key: script.key } });
    return id;
  }

  /** `version` is the one that was seen: what somebody else saved meanwhile is not written over. */
  async save(actor: Actor, id: string, change: SaveDraftDto): Promise<ScriptView> {
    const scenarios = change.scenarios === undefined ? null : JSON.stringify(readScenarios(change.scenarios));
    await this.database.transaction((tx) => this.write(tx, actor, id, change, scenarios)).catch(explain);
    return this.get(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [script] = await tx.query<{ key: string | null }>(
        'select key from script where id = $1 and removed_at is null for update',
        [id],
      );
      if (!script) {
        throw notFound('This script');
      }
      await refuseUsed(tx, id, script.key);
      await tx.query('update script set removed_at = clock_timestamp() where id = $1', [id]);
      await recordAct(tx, { actorId: actor.id, action: 'script.removed', subject: id, details: { key: script.key } });
    });
  }

  private async write(
    tx: Transaction,
    actor: Actor,
    id: string,
    { version, name, source }: SaveDraftDto,
    scenarios: string | null,
  ): Promise<void> {
    const [row] = await tx.query<{ version: number; published: boolean }>(
      `select draft_version as version, exists (select 1 from script_version v where v.script_id = s.id) as published
       from script s where id = $1 and removed_at is null for update`,
      [id],
    );
    if (!row) {
      throw notFound('This script');
    }
    if (row.version !== version) {
      throw conflict('stale', 'Somebody changed this script meanwhile. Look again.', 'version');
    }
    // Others call a published script by its key, so that stays; the gate says so where the text has another.
    const key = source === undefined || row.published ? null : keyIn(source);
    await tx.query(
      `update script set name = coalesce($2, name), source = coalesce($3, source), scenarios = coalesce($4, scenarios),
         key = coalesce($5, key), draft_version = draft_version + 1, drafted_by = $6, drafted_at = clock_timestamp() where id = $1`,
      [id, name ?? null, source ?? null, scenarios, key, actor.id],
    );
    const fields = [name && 'name', source !== undefined && 'source', scenarios && 'scenarios'].filter(Boolean);
    await recordAct(tx, { actorId: actor.id, action: 'script.drafted', subject: id, details: { fields } });
  }

  /** The wished key, or one that nobody has. */
  private async freeKey(wish: string | undefined): Promise<string> {
    if (wish !== undefined) {
      return wish;
    }
    const rows = await this.database.query<{ key: string }>(
      'select key from script where key is not null and removed_at is null',
    );
    const taken = new Set(rows.map(({ key }) => key));
    let number = rows.length + 1;
    while (taken.has(`script_${number}`)) {
      number += 1;
    }
    return `script_${number}`;
  }
}

/** The id that a source gives its script; null where it cannot be read. */
export function keyIn(source: string): string | null {
  if (source.length > scriptLimits.source) {
    throw invalid('source', 'This script is too long.', 'too_long');
  }
  try {
    const { id } = (parse(source, { maxAliasCount: 0 }) ?? {}) as { id?: unknown };
    return typeof id === 'string' && keyPattern.test(id) ? id : null;
  } catch {
    return null;
  }
}

export function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint === 'script_key') {
    throw conflict('key_taken', 'There is a script with this id already. Give this one another id.', 'source');
  }
  if (code === '23505' && constraint === 'script_name_key') {
    throw conflict('name_taken', 'There is a script of this name.', 'name');
  }
  throw error;
}

interface Use {
  deployed: boolean;
  talking: boolean;
  callers: string[];
}

const used = `
select exists (select 1 from script_deployment d where d.script_id = $1) as deployed,
  exists (select 1 from script_version v join bot_session b on b.version_id = v.id
    where v.script_id = $1 and b.status in ('active', 'waiting', 'handed_off')) as talking,
  array(select o.name from script o where o.id <> $1 and o.removed_at is null
    and exists (select 1 from (${answeringBodies('o.id')}) now where now.body -> 'nodes' @? $2::jsonpath) order by o.name) as callers`;

async function refuseUsed(tx: Transaction, id: string, key: string | null): Promise<void> {
  const calls = `$.* ? (@.do == "call" && @.script == ${JSON.stringify(key ?? '')})`;
  const [use] = await tx.query<Use & Record<string, unknown>>(used, [id, calls]);
  if (use?.deployed) {
    throw conflict('in_use', 'This script answers on a channel. Take it off there first.');
  }
  const [caller] = use?.callers ?? [];
  if (caller !== undefined) {
    throw conflict('in_use', `The script “${caller}” calls this one. Change that one first.`);
  }
  if (use?.talking) {
    throw conflict('in_use', 'Customers are talking with this script now. Try again when they have finished.');
  }
}
