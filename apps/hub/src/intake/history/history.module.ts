import { Module } from '@nestjs/common';
import { HistoryFindings } from './history-findings.service.js';
import { HistoryImportsController } from './history-imports.controller.js';
import { HistoryImports } from './history-imports.service.js';
import { HistoryJobs } from './history-jobs.service.js';
import { HistoryReading } from './history-reading.service.js';
import { HistoryRuns } from './history-runs.service.js';

/** What was said in another product, brought here. */
@Module({
  controllers: [HistoryImportsController],
  providers: [HistoryFindings, HistoryImports, HistoryJobs, HistoryReading, HistoryRuns],
})
export class HistoryModule {}
