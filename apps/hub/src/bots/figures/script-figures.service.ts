import { Injectable } from '@nestjs/common';
import type { ScriptFiguresView, ScriptSessionView } from '#contract';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { latestSessions, scriptFigures } from './script-figures.query.js';

const dayMs = 24 * 3_600_000;

type FiguresRow = Omit<ScriptFiguresView, 'from' | 'to'> & Record<string, unknown>;
type SessionRow = Omit<ScriptSessionView, 'startedAt'> & { startedAt: Date } & Record<string, unknown>;

/** How scripts fare with customers, from what their sessions and turns left behind. */
@Injectable()
export class ScriptFigures {
  constructor(private readonly database: Database) {}

  /** Of the talks that began within the last `days`. */
  async read(scriptId: string, days: number): Promise<ScriptFiguresView> {
    await this.check(scriptId);
    const to = new Date();
    const from = new Date(to.getTime() - days * dayMs);
    const [row] = await this.database.query<FiguresRow>(scriptFigures, [scriptId, from]);
    return { from: from.toISOString(), to: to.toISOString(), ...(row as FiguresRow) };
  }

  async sessions(scriptId: string): Promise<ScriptSessionView[]> {
    await this.check(scriptId);
    const rows = await this.database.query<SessionRow>(latestSessions, [scriptId]);
    return rows.map(({ startedAt, ...row }) => ({ ...row, startedAt: startedAt.toISOString() }));
  }

  private async check(scriptId: string): Promise<void> {
    if ((await this.database.query('select 1 from script where id = $1', [scriptId])).length === 0) {
      throw notFound('This script');
    }
  }
}
