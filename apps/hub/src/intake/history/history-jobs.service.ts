import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../../database/database.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { HistoryReading } from './history-reading.service.js';
import { HistoryRuns } from './history-runs.service.js';

/** The name of the job; its parameter is the import's id. */
const historyJob = 'import-history';

const forget = [
  `delete from history_person p using history_import i where i.id = p.import_id and i.state = any ($1) and i.created_at < $2`,
  `delete from history_message p using history_import i where i.id = p.import_id and i.state = any ($1) and i.created_at < $2`,
  `delete from history_ticket p using history_import i where i.id = p.import_id and i.state = any ($1) and i.created_at < $2`,
  `delete from history_match p using history_import i where i.id = p.import_id and i.state = any ($1) and i.created_at < $2`,
  `update history_file f set storage_key = null from history_import i
   where i.id = f.import_id and f.storage_key is not null and i.state = any ($1) and i.created_at < $2`,
  `update history_import set state = 'failed', why = 'too_old', ended_at = coalesce(ended_at, clock_timestamp())
   where state = any ($1) and state <> 'failed' and created_at < $2`,
];
const left = ['draft', 'read', 'stopped', 'failed'];

/** When histories are read and brought: once somebody says so, and again where a node died over one. */
@Injectable()
export class HistoryJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly reading: HistoryReading,
    private readonly runs: HistoryRuns,
    housekeeping: Housekeeping,
  ) {
    jobs.define(historyJob, 'bulk', async ({ id }) => {
      if (!(await this.work(String(id)))) {
        throw new Error('Another node holds this import; it is looked at again, should that one be dead.');
      }
    });
    housekeeping.add('go on with histories', () => this.takeUp());
    housekeeping.add('forget what histories left', () => this.forgetLeft());
  }

  add(id: string): Promise<void> {
    return this.jobs.add(historyJob, { id }, `${historyJob}-${id}-${uuid()}`);
  }

  /** False where somebody else does it now. */
  async work(id: string): Promise<boolean> {
    return (await this.reading.read(id)) && this.runs.run(id);
  }

  private async takeUp(): Promise<void> {
    const waiting = await this.database.query<{ id: string }>(
      `select id from history_import
       where state in ('reading', 'running') and (held_until is null or held_until < clock_timestamp()) order by created_at`,
    );
    for (const { id } of waiting) {
      await this.work(id);
    }
  }

  /** What was read tells of many people, and nobody needs it any more after a month. */
  private async forgetLeft(): Promise<void> {
    const before = new Date(Date.now() - 30 * 86_400_000);
    await this.database.transaction(async (tx) => {
      for (const statement of forget) {
        await tx.query(statement, [left, before]);
      }
    });
  }
}
