import { Module } from '@nestjs/common';
import { LiveModule } from '../../live/live.module.js';
import { Hands } from './hands.service.js';
import { SteeringAge } from './steering-age.service.js';
import { SteeringNews } from './steering-news.service.js';
import { SteeringReader } from './steering-reader.service.js';
import { SteeringRulesController } from './steering-rules.controller.js';
import { SteeringController } from './steering.controller.js';
import { SteeringGateway } from './steering.gateway.js';
import { Watches } from './watches.service.js';
import { Whispers } from './whispers.service.js';

/** Supervisors who look on and whisper, and agents who ask for help. */
@Module({
  imports: [LiveModule],
  controllers: [SteeringController, SteeringRulesController],
  providers: [Hands, SteeringAge, SteeringGateway, SteeringNews, SteeringReader, Watches, Whispers],
})
export class SteeringModule {}
