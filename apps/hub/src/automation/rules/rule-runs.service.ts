import { Injectable } from '@nestjs/common';
import { failpoint } from '#failpoint';
import { readActions } from '#tickets';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { ActionRefused } from '../actions/action-place.js';
import { RunActions } from '../actions/run-actions.service.js';
import { endRun, putRunOff, RunEnded, takeDueRun, type DueRun, type RunEnd } from './rule-runs.query.js';

const mostAttempts = 5;
const pauseMs = 2_000;

/** The run that a transaction was about when it failed. */
class RunFailed extends Error {
  constructor(
    readonly run: DueRun,
    override readonly cause: unknown,
  ) {
    super('a run of a rule failed');
  }
}

/**
 * Runs what rules decided to do: each in a transaction of its own, with the word that it was done, so a crash leaves it done with all its
 * effects or still due. Runs for one ticket keep the order of their events and rules, whichever nodes run them.
 */
@Injectable()
export class RuleRuns {
  constructor(
    private readonly database: Database,
    private readonly actions: RunActions,
    private readonly log: Log,
  ) {}

  /** Runs all that is due. */
  async runDue(): Promise<void> {
    while (await this.runNext()) {
      // The next one.
    }
  }

  /** False: nothing is due here. */
  private async runNext(): Promise<boolean> {
    try {
      return await this.database.transaction((tx) => this.runOne(tx));
    } catch (error) {
      if (error instanceof RunEnded) {
        return true;
      }
      if (!(error instanceof RunFailed)) {
        throw error;
      }
      await this.giveUp(error);
      return true;
    }
  }

  private async runOne(tx: Transaction): Promise<boolean> {
    const run = await takeDueRun(tx);
    if (!run) {
      return false;
    }
    try {
      const end = run.enabled ? await this.run(tx, run) : refused('switched_off');
      await endRun(tx, run, end);
      failpoint('rule.before-run-commit');
      return true;
    } catch (error) {
      throw isTransient(error) || isAway(error) || error instanceof RunEnded ? error : new RunFailed(run, error);
    }
  }

  private async run(tx: Transaction, run: DueRun): Promise<RunEnd> {
    const { effects } = await this.actions.run(tx, {
      ticketId: run.ticketId,
      actions: readActions(run.actions),
      by: null,
      actorId: run.actorId,
      cause: { rule: run.ruleId, depth: run.depth + 1 },
    });
    return { state: 'done', code: '', detail: '', effects };
  }

  /** What cannot be done now and never will says so; whatever else went wrong is tried again before it does. */
  private async giveUp({ run, cause }: RunFailed): Promise<void> {
    if (cause instanceof ActionRefused) {
      await this.end(
        run,
        refused(cause.code, `${cause.index + 1} · ${cause.action.do}${cause.detail && ` · ${cause.detail}`}`),
      );
      return;
    }
    this.log.error('A run of a rule failed.', cause, { rule: run.ruleId, ticket: run.ticketId });
    await (run.attempts + 1 >= mostAttempts
      ? this.end(run, refused('failed'))
      : this.database.query(putRunOff, [run.id, pauseMs * 2 ** run.attempts]));
  }

  private async end(run: DueRun, end: RunEnd): Promise<void> {
    await this.database
      .transaction((tx) => endRun(tx, run, end))
      .catch((error: unknown) => (error instanceof RunEnded ? undefined : Promise.reject(error as Error)));
  }
}

function refused(code: string, detail = ''): RunEnd {
  return { state: 'refused', code, detail, effects: [] };
}

/** The transaction starts over by itself. */
function isTransient(error: unknown): boolean {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return ['40001', '40P01'].includes(String(driverError?.code ?? code));
}
