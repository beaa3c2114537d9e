import { Module } from '@nestjs/common';
import { BoardAlerts } from './board-alerts.sweeper.js';
import { BoardController } from './board.controller.js';
import { BoardGateway } from './board.gateway.js';
import { BoardPush } from './board-push.service.js';
import { BoardReader } from './board-reader.service.js';
import { BoardThresholds } from './board-thresholds.service.js';
import { LiveModule } from '../../live/live.module.js';

/** What supervisors watch: how everything fares now, and what is told when a limit is passed. */
@Module({
  imports: [LiveModule],
  controllers: [BoardController],
  providers: [BoardAlerts, BoardGateway, BoardPush, BoardReader, BoardThresholds],
})
export class BoardModule {}
