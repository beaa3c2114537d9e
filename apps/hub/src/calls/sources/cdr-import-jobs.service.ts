import { Injectable } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { CdrImportRuns } from './cdr-import-runs.service.js';

/** The name of the job; its parameter is the import's id. */
const cdrImportJob = 'import-call-records';

/** When imports of call records are done: once they are begun, and again where a node died over one. */
@Injectable()
export class CdrImportJobs {
  constructor(
    private readonly jobs: Jobs,
    runs: CdrImportRuns,
    housekeeping: Housekeeping,
  ) {
    jobs.define(cdrImportJob, 'bulk', async ({ id }) => {
      if (!(await runs.run(String(id)))) {
        throw new Error('Another node holds this import; it is looked at again, should that one be dead.');
      }
    });
    housekeeping.add('go on with imports of call records', () => runs.takeUp());
    housekeeping.add('forget files of call records', () => runs.forgetFiles());
  }

  add(id: string): Promise<void> {
    return this.jobs.add(cdrImportJob, { id }, `${cdrImportJob}-${id}`);
  }
}
