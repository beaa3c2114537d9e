import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { QuestionView, ScorecardView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { conflict } from '../../platform/errors/api-error.js';
import { wholeName } from '../../settings/whole-name.js';
import type { ScorecardDto } from './quality.dto.js';

/** Parameter: the version; null: the newest. */
const scorecardOf = `
select v.version, v.name, (
  select jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name, 'kind', q.kind, 'weight', q.weight, 'critical', q.critical) order by q.ordinal)
  from scorecard_question q where q.version = v.version) as questions
from scorecard_version v where v.version = coalesce($1, (select max(version) from scorecard_version))`;

/** Parameters: version, questions in their order. */
const keepQuestions = `
insert into scorecard_question (version, id, ordinal, name, kind, weight, critical)
select $1, q.id, q.place - 1, q.name, q.kind, q.weight, q.critical
from rows from (jsonb_to_recordset($2::jsonb) as (id uuid, name jsonb, kind text, weight int, critical boolean))
  with ordinality q(id, name, kind, weight, critical, place)`;

/** What the organisation looks at. Every change is a version of its own, and what was reviewed keeps its own. */
@Injectable()
export class Scorecards {
  constructor(private readonly database: Database) {}

  async read(version: number | null = null, sql: Sql = this.database): Promise<ScorecardView> {
    const [row] = await sql.query<ScorecardView & Record<string, unknown>>(scorecardOf, [version]);
    return row as ScorecardView;
  }

  async change(actor: Actor, dto: ScorecardDto): Promise<ScorecardView> {
    const name = wholeName(dto.name);
    return this.database.transaction(async (tx) => {
      await tx.query('lock table scorecard_version in share row exclusive mode');
      const before = await this.read(null, tx);
      if (before.version !== dto.version) {
        throw conflict('changed_meanwhile', 'Somebody changed the scorecard meanwhile. Look again.', 'version');
      }
      const version = before.version + 1;
      const questions = questionsFrom(dto, before.questions);
      await tx.query('insert into scorecard_version (version, name) values ($1, $2)', [version, JSON.stringify(name)]);
      await tx.query(keepQuestions, [version, JSON.stringify(questions)]);
      await recordAct(tx, {
        actorId: actor.id,
        action: 'scorecard.changed',
        subject: 'scorecard',
        details: { version, questions: questions.length },
      });
      return { version, name, questions };
    });
  }
}

/** A question goes on from version to version as long as it is answered in the same way. */
function questionsFrom({ questions }: ScorecardDto, before: readonly QuestionView[]): QuestionView[] {
  const known = new Map(before.map(({ id, kind }) => [id, kind]));
  const taken = new Set<string>();
  return questions.map(({ id, name, kind, weight, critical }) => {
    const goesOn = id !== undefined && known.get(id) === kind && !taken.has(id);
    const kept = goesOn ? id : uuid();
    taken.add(kept);
    return { id: kept, name: wholeName(name, 'questions'), kind, weight, critical };
  });
}
