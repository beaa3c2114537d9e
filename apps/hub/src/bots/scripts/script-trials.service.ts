import { Injectable } from '@nestjs/common';
import type { ScriptCheckView, ScriptDiffView, ScriptRunView, ScriptVersionTextView } from '#contract';
import { readScript, simulate, type Script, type Simulation } from '#bots';
import { Database } from '../../database/database.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { checkSource, hasErrors, presentCheck } from './check-source.js';
import { diffLines } from './diff-lines.js';
import { knownPlaces } from './known-places.query.js';
import { ScriptGate } from './script-gate.service.js';
import { readVersions } from './script-rows.query.js';

interface Text {
  source: string;
}

/** Scripts tried and compared. Nothing here keeps or changes anything. */
@Injectable()
export class ScriptTrials {
  constructor(
    private readonly database: Database,
    private readonly gate: ScriptGate,
  ) {}

  async check(source: string): Promise<ScriptCheckView> {
    return presentCheck(checkSource(source, await knownPlaces(this.database)), source);
  }

  /** Plays a source, or a version by its id. Errors that only concern what the hub has (a queue that is gone) do not stop the play. */
  async play(
    wish: { source: string | undefined; versionId: string | undefined },
    simulation: Simulation,
  ): Promise<ScriptRunView> {
    const source = wish.source ?? (await this.sourceOf(wish.versionId));
    const { problems } = checkSource(source, await knownPlaces(this.database));
    const bare = checkSource(source, {});
    if (!bare.script || hasErrors(bare.problems)) {
      return { problems, run: null };
    }
    const run = simulate(bare.script, await this.inTheHub(bare.script, simulation));
    return { problems, run: run as unknown as ScriptRunView['run'] };
  }

  async versionText(scriptId: string, versionId: string): Promise<ScriptVersionTextView> {
    const view = (await readVersions(this.database, scriptId)).find(({ id }) => id === versionId);
    const [row] = await this.database.query<
      Pick<ScriptVersionTextView, 'source' | 'scenarios'> & Record<string, unknown>
    >(`select source, scenarios from script_version where id = $1 and script_id = $2 and status <> 'draft'`, [
      versionId,
      scriptId,
    ]);
    if (!view || !row) {
      throw notFound('This version');
    }
    return { ...view, source: row.source, scenarios: row.scenarios };
  }

  /** `from` and `to`: the id of a version, or 'draft'. */
  async diff(scriptId: string, from: string, to: string): Promise<ScriptDiffView> {
    const [before, after] = [await this.textOf(scriptId, from), await this.textOf(scriptId, to)];
    return { lines: diffLines(before, after), nodes: diffNodes(readNodes(before), readNodes(after)) };
  }

  private async inTheHub(script: Script, simulation: Simulation): Promise<Simulation> {
    const scripts = await this.gate.called(this.database, script);
    return { ...simulation, world: { ...simulation.world, scripts } };
  }

  private async sourceOf(versionId: string | undefined): Promise<string> {
    if (versionId === undefined) {
      throw invalid('source', 'Say what is to be played: a source, or a version.', 'missing');
    }
    const [row] = await this.database.query<Text & Record<string, unknown>>(
      `select source from script_version where id = $1 and status <> 'draft'`,
      [versionId],
    );
    if (!row) {
      throw notFound('This version');
    }
    return row.source;
  }

  private async textOf(scriptId: string, which: string): Promise<string> {
    const [row] = await this.database.query<Text & Record<string, unknown>>(
      which === 'draft'
        ? 'select source from script where id = $1 and removed_at is null and $2::text is not null'
        : `select source from script_version where script_id = $1 and id::text = $2 and status <> 'draft'`,
      [scriptId, which],
    );
    if (!row) {
      throw notFound('This version');
    }
    return row.source;
  }
}

function readNodes(source: string): Map<string, string> {
  const nodes = readScript(source).script?.nodes ?? {};
  return new Map(Object.entries(nodes).map(([id, { at: _place, ...node }]) => [id, JSON.stringify(node)]));
}

function diffNodes(before: Map<string, string>, after: Map<string, string>): ScriptDiffView['nodes'] {
  return {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: [...after].filter(([id, node]) => before.has(id) && before.get(id) !== node).map(([id]) => id),
  };
}
