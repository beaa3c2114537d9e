import { Injectable } from '@nestjs/common';
import type { ScriptReplayView } from '#contract';
import { simulate, type PreparedAnswer } from '#bots';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { checkSource, hasErrors } from '../scripts/check-source.js';
import { ScriptGate } from '../scripts/script-gate.service.js';
import { Scripts } from '../scripts/scripts.service.js';
import { readPastTalk, type PastTurn } from './past-talk.query.js';
import { compareTalks, playOf } from './replay-talk.js';

/** Plays what customers said once against another text. What was said is shown to those who may read it. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly scripts: Scripts,
    private readonly gate: ScriptGate,
  ) {}

  async play(actor: Actor, scriptId: string, sessionId: string, text: string | undefined): Promise<ScriptReplayView> {
    const past = await readPastTalk(this.database, scriptId, sessionId);
    if (!past) {
      throw notFound('This talk');
    }
    const { talk, turns } = past;
    await this.access.getPerson(actor, talk.conversation);
    const source = text ?? (await this.scripts.draft(scriptId)).source;
    const { script, problems } = checkSource(source, {});
    const before = { node: talk.node, outcome: talk.outcome };
    const told = { sessionId, version: talk.version, before, problems };
    if (!script || hasErrors(problems)) {
      return { ...told, turns: [], after: { node: null, outcome: null } };
    }
    const { opening, inputs } = playOf(talk, turns);
    const run = simulate(script, {
      channel: talk.channel,
      locale: talk.locale,
      at: talk.startedAt.getTime(),
      inputs,
      ...(opening !== null && { opening }),
      world: {
        lookups: firstResults(turns),
        customer: { fields: talk.fields },
        scripts: await this.gate.called(this.database, script),
      },
    });
    const after = { node: run.state.node, outcome: run.state.outcome };
    return { ...told, turns: compareTalks(turns, run), after };
  }
}

/** The greeting may look something up before any input can prepare its answer. */
function firstResults(turns: readonly PastTurn[]): Record<string, PreparedAnswer> {
  const results = turns.flatMap(({ results: found }) => found).toReversed();
  return Object.fromEntries(
    results.map((result) => [result.name, result.ok ? { answer: result.value } : { fails: result.error }]),
  );
}
