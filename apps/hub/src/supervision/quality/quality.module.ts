import { Module } from '@nestjs/common';
import { QualityController } from './quality.controller.js';
import { Results } from './results.service.js';
import { Reviews } from './reviews.service.js';
import { Samples } from './samples.service.js';
import { Scorecards } from './scorecards.service.js';

/** Samples of work that supervisors review. */
@Module({
  controllers: [QualityController],
  providers: [Results, Reviews, Samples, Scorecards],
})
export class QualityModule {}
