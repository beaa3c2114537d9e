import { Module } from '@nestjs/common';
import { IntakeModule } from '../../intake/intake.module.js';
import { ChannelCheckController } from './channel-check.controller.js';
import { ChannelCheck } from './channel-check.service.js';
import { ChannelHealth } from './channel-health.service.js';
import { ChannelLog } from './channel-log.service.js';
import { ChannelMapTrial } from './channel-map-trial.service.js';
import { ChannelSimulation } from './channel-simulation.service.js';
import { ChannelWatch } from './channel-watch.service.js';

/** What administrators use beside the settings themselves. Apart from those: it needs the way in, which needs the settings. */
@Module({
  imports: [IntakeModule],
  controllers: [ChannelCheckController],
  providers: [ChannelCheck, ChannelHealth, ChannelLog, ChannelMapTrial, ChannelSimulation, ChannelWatch],
})
export class ChannelToolsModule {}
