import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ScriptView } from '#contract';
import { mediaOf, type Script } from '#bots';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { holdScriptFiles } from '../files/script-files.query.js';
import { liveForAll } from './live-version.query.js';
import { ScriptGate } from './script-gate.service.js';
import { Scripts, type ScriptDraft } from './scripts.service.js';
import type { PublishScriptDto, ReleaseDto } from './scripts.dto.js';

/** When a version is to answer, and for whom. */
interface ReleaseWish {
  /** Null: now. */
  at: Date | null;
  percent: number;
}

const furthestMs = 366 * 24 * 3_600_000;

/** Makes versions of drafts and says which of them answers: at once, later, for some of the customers, or an earlier one again. */
@Injectable()
export class ScriptPublishing {
  constructor(
    private readonly database: Database,
    private readonly scripts: Scripts,
    private readonly gate: ScriptGate,
  ) {}

  /** The draft that was seen becomes the next version. Talks that have begun keep the version they began with. */
  async publish(actor: Actor, id: string, wish: PublishScriptDto): Promise<ScriptView> {
    const release = readWish(wish);
    const draft = await this.scripts.draft(id);
    if (draft.draftVersion !== wish.version) {
      throw stale();
    }
    const script = await this.pass(draft);
    await this.database.transaction(async (tx) => {
      await lockScript(tx, id, draft.draftVersion);
      await holdFiles(tx, script);
      const versionId = await this.makeVersion(tx, actor, draft, script, wish.note ?? '');
      const kind = await this.release(tx, actor, { scriptId: id, versionId, release, isNew: true });
      const details = { versionId, kind, percent: release.percent, at: release.at?.toISOString() ?? null };
      await recordAct(tx, { actorId: actor.id, action: 'script.published', subject: id, details });
    });
    return this.scripts.get(id);
  }

  /** A version that was published answers from an instant on: one from before, now, is a rollback. */
  async releaseVersion(actor: Actor, id: string, { versionId, ...wish }: ReleaseDto): Promise<ScriptView> {
    const release = readWish(wish);
    await this.database.transaction(async (tx) => {
      await lockScript(tx, id, null);
      const [version] = await tx.query(
        `select 1 from script_version where id = $1 and script_id = $2 and status <> 'draft'`,
        [versionId, id],
      );
      if (!version) {
        throw notFound('This version');
      }
      const kind = await this.release(tx, actor, { scriptId: id, versionId, release, isNew: false });
      const details = { versionId, kind, percent: release.percent, at: release.at?.toISOString() ?? null };
      await recordAct(tx, { actorId: actor.id, action: 'script.released', subject: id, details });
    });
    return this.scripts.get(id);
  }

  /** Takes back what has not come yet, or a trial with a share of the customers. */
  async cancel(actor: Actor, id: string, releaseId: string): Promise<ScriptView> {
    await this.database.transaction(async (tx) => {
      await lockScript(tx, id, null);
      const [row] = await tx.query<{ open: boolean }>(
        `select cancelled_at is null and (live_at > clock_timestamp() or percent < 100) as open
         from script_release where id = $1 and script_id = $2`,
        [releaseId, id],
      );
      if (!row) {
        throw notFound('This release');
      }
      if (!row.open) {
        throw conflict('has_come', 'This has come already. Choose another version to answer instead.');
      }
      await tx.query('update script_release set cancelled_at = clock_timestamp() where id = $1', [releaseId]);
      await recordAct(tx, {
        actorId: actor.id,
        action: 'script.release_cancelled',
        subject: id,
        details: { releaseId },
      });
    });
    return this.scripts.get(id);
  }

  /** Throws what keeps the draft from being published. */
  private async pass(draft: ScriptDraft): Promise<Script> {
    const { script, view } = await this.gate.ask({ ...draft, scriptId: draft.id });
    const wrong = view.problems.find(({ severity }) => severity === 'error');
    if (!script || wrong) {
      throw conflict(
        'script_has_problems',
        'Something in this script has to be put right before it can be published.',
        'source',
      );
    }
    const failed = view.scenarios.find(({ passed }) => !passed);
    if (failed) {
      throw conflict('scenario_fails', `The scenario “${failed.name}” does not end as it should.`, 'scenarios');
    }
    return script;
  }

  private async makeVersion(
    tx: Transaction,
    actor: Actor,
    { id, source, scenarios }: ScriptDraft,
    script: Script,
    note: string,
  ): Promise<string> {
    const versionId = uuid();
    const made = await tx.query(
      `insert into script_version (id, script_id, version, status, body, hash, author_id, published_at, source, scenarios, note)
       select $1, $2, coalesce(max(v.version), 0) + 1, 'ready', $3, $4, $5, clock_timestamp(), $6, $7, $8 from script_version v
       where v.script_id = $2
       having not exists (select 1 from script_version l where l.script_id = $2 and l.source = $6 and l.scenarios = $7::jsonb
         and l.version = (select max(m.version) from script_version m where m.script_id = $2))
       returning id`,
      [
        versionId,
        id,
        JSON.stringify(script),
        createHash('sha256').update(source).digest(),
        actor.id,
        source,
        JSON.stringify(scenarios),
        note,
      ],
    );
    if (made.length === 0) {
      throw conflict('nothing_to_publish', 'Nothing was changed since the last version was published.');
    }
    return versionId;
  }

  private async release(
    tx: Transaction,
    actor: Actor,
    {
      scriptId,
      versionId,
      release,
      isNew,
    }: { scriptId: string; versionId: string; release: ReleaseWish; isNew: boolean },
  ): Promise<string> {
    if (release.percent < 100) {
      // One trial at a time: the share of an earlier one would shine through where the new one is smaller.
      await tx.query(
        `update script_release set cancelled_at = clock_timestamp() where script_id = $1 and percent < 100 and cancelled_at is null`,
        [scriptId],
      );
    }
    const kind = kindOf(release, isNew);
    await tx.query(
      `insert into script_release (id, script_id, version_id, kind, percent, live_at, made_by)
       values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, clock_timestamp()), $7)`,
      [uuid(), scriptId, versionId, kind, release.percent, release.at, actor.id],
    );
    await followReleases(tx, scriptId);
    return kind;
  }
}

function kindOf({ at, percent }: ReleaseWish, isNew: boolean): 'publish' | 'rollback' | 'schedule' | 'canary' {
  if (percent < 100) {
    return 'canary';
  }
  if (at !== null) {
    return 'schedule';
  }
  return isNew ? 'publish' : 'rollback';
}

function readWish({ at, percent = 100 }: { at?: string; percent?: number }): ReleaseWish {
  if (at === undefined) {
    return { at: null, percent };
  }
  const wanted = new Date(at);
  const ahead = wanted.getTime() - Date.now();
  if (!(ahead > 0)) {
    throw invalid('at', 'This lies in the past. Leave it out to publish now.', 'past');
  }
  if (ahead > furthestMs) {
    throw invalid('at', 'This is more than a year ahead.', 'too_far');
  }
  return { at: wanted, percent };
}

/** `draftVersion` null: the draft does not matter. */
async function lockScript(tx: Transaction, id: string, draftVersion: number | null): Promise<void> {
  const [row] = await tx.query<{ version: number }>(
    'select draft_version as version from script where id = $1 and removed_at is null for update',
    [id],
  );
  if (!row) {
    throw notFound('This script');
  }
  if (draftVersion !== null && row.version !== draftVersion) {
    throw stale();
  }
}

/** A file that was removed since the draft was read would be named by a version for ever. */
async function holdFiles(tx: Transaction, script: Script): Promise<void> {
  const named = mediaOf(script);
  const held = await holdScriptFiles(tx, named);
  if (held.length < named.length) {
    throw conflict('file_gone', 'Somebody removed a file that this script names. Look again.', 'source');
  }
}

/** The status of versions says what is live for all; those that choose a script read the releases themselves. */
async function followReleases(tx: Transaction, scriptId: string): Promise<void> {
  const [live] = await tx.query<{ version_id: string }>(liveForAll('$1'), [scriptId]);
  await tx.query(
    `update script_version set status = 'retired' where script_id = $1 and status = 'published' and id is distinct from $2`,
    [scriptId, live?.version_id ?? null],
  );
  await tx.query(`update script_version set status = 'published' where id = $1 and status <> 'published'`, [
    live?.version_id ?? null,
  ]);
}

function stale(): Error {
  return conflict('stale', 'Somebody changed this script meanwhile. Look again.', 'version');
}
