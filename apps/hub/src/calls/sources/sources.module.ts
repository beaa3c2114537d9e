import { Module } from '@nestjs/common';
import { IntakeModule } from '../../intake/intake.module.js';
import { BlockedCallers } from './blocked-callers.service.js';
import { CallDispositionsController } from './call-dispositions.controller.js';
import { CallDispositions } from './call-dispositions.service.js';
import { CdrImportJobs } from './cdr-import-jobs.service.js';
import { CdrImportRuns } from './cdr-import-runs.service.js';
import { CdrImportsController } from './cdr-imports.controller.js';
import { CdrImports } from './cdr-imports.service.js';
import { CdrReader } from './cdr-reader.service.js';

/** Calls that Peyk learns of from records, and what exchanges ask before they let a call ring. */
@Module({
  controllers: [CallDispositionsController, CdrImportsController],
  imports: [IntakeModule],
  providers: [BlockedCallers, CallDispositions, CdrImportJobs, CdrImportRuns, CdrImports, CdrReader],
})
export class SourcesModule {}
