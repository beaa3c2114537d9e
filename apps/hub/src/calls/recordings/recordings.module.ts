import { Global, Module } from '@nestjs/common';
import { ConsentMarks } from './consent-marks.service.js';
import { RecordingDesk } from './recording-desk.service.js';
import { RecordingFetcher } from './recording-fetcher.service.js';
import { RecordingPauses } from './recording-pauses.service.js';
import { RecordingPolicies } from './recording-policies.service.js';
import { RecordingPoliciesController } from './recording-policies.controller.js';
import { RecordingSweeper } from './recording.sweeper.js';
import { RecordingsController } from './recordings.controller.js';
import { RefusedRecordings } from './refused-recordings.service.js';

/** What is kept of what was said on calls: by consent only, for a while, heard by those who may. */
@Global()
@Module({
  controllers: [RecordingPoliciesController, RecordingsController],
  providers: [
    ConsentMarks,
    RecordingDesk,
    RecordingFetcher,
    RecordingPauses,
    RecordingPolicies,
    RecordingSweeper,
    RefusedRecordings,
  ],
  exports: [ConsentMarks, RecordingPolicies],
})
export class RecordingsModule {}
