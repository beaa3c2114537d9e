import { Module } from '@nestjs/common';
import { ExportLines } from './exports/export-lines.service.js';
import { ExportParts } from './exports/export-parts.service.js';
import { ExportRuns } from './exports/export-runs.service.js';
import { ExportsController } from './exports/exports.controller.js';
import { Exports } from './exports/exports.service.js';
import { ReportFacts } from './facts/report-facts.sweeper.js';
import { ReportFiles } from './files/report-files.service.js';
import { Heat } from './questions/heat.service.js';
import { ReportReads } from './questions/report-reads.service.js';
import { ReportTickets } from './questions/report-tickets.service.js';
import { ReportAnswers } from './questions/reports.service.js';
import { ReportsController } from './reports.controller.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { ReportSchedules } from './schedules/schedules.service.js';
import { ScheduleSweeper } from './schedules/schedules.sweeper.js';
import { Staffing } from './staffing/staffing.service.js';

/** What happened, in numbers: as reports, as files, and by mail. */
@Module({
  // What has a name of its own comes before reports by their names.
  controllers: [SchedulesController, ReportsController, ExportsController],
  providers: [
    ReportFacts,
    ReportReads,
    ReportAnswers,
    ReportTickets,
    ReportFiles,
    Heat,
    Staffing,
    ExportLines,
    ExportParts,
    ExportRuns,
    Exports,
    ReportSchedules,
    ScheduleSweeper,
  ],
})
export class ReportsModule {}
