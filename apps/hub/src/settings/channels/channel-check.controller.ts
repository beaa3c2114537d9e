import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type {
  ChannelCheckView,
  ChannelDeliveryView,
  ChannelHealthView,
  ChannelStatusView,
  ChannelTestView,
  ChannelWatchView,
  MapTrialView,
  Page,
  SimulatedView,
} from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ChannelLogDto, ChannelWatchDto, MapTrialDto, SimulateDto, TestMessageDto } from './channel-check.dto.js';
import { ChannelCheck } from './channel-check.service.js';
import { ChannelHealth } from './channel-health.service.js';
import { ChannelLog } from './channel-log.service.js';
import { ChannelMapTrial } from './channel-map-trial.service.js';
import { ChannelSimulation } from './channel-simulation.service.js';
import { ChannelWatch } from './channel-watch.service.js';

/** How channels are doing, and trying them out. */
@Controller('api/channels')
@Access('admin', 'channels.manage')
export class ChannelCheckController {
  constructor(
    private readonly checks: ChannelCheck,
    private readonly healths: ChannelHealth,
    private readonly watches: ChannelWatch,
    private readonly log: ChannelLog,
    private readonly simulation: ChannelSimulation,
    private readonly trial: ChannelMapTrial,
  ) {}

  @Get('status')
  status(): Promise<ChannelStatusView[]> {
    return this.healths.list();
  }

  @Post(':id/check')
  @HttpCode(200)
  check(@Param('id', ParseUUIDPipe) id: string): Promise<ChannelCheckView> {
    return this.checks.check(id);
  }

  @Post(':id/test-message')
  @HttpCode(200)
  sendTest(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { to }: TestMessageDto,
  ): Promise<ChannelTestView> {
    return this.checks.sendTest(actor, id, to);
  }

  @Post(':id/simulate')
  @HttpCode(200)
  simulate(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SimulateDto,
  ): Promise<SimulatedView> {
    return this.simulation.run(actor, id, body);
  }

  @Post(':id/try-map')
  @HttpCode(200)
  tryMap(@Param('id', ParseUUIDPipe) id: string, @Body() { sample }: MapTrialDto): MapTrialView {
    return this.trial.run(id, sample);
  }

  @Get(':id/health')
  health(@Param('id', ParseUUIDPipe) id: string): Promise<ChannelHealthView> {
    return this.healths.of(id);
  }

  @Patch(':id/watch')
  watch(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChannelWatchDto,
  ): Promise<ChannelWatchView> {
    return this.watches.change(actor, id, body);
  }

  @Get(':id/deliveries')
  deliveries(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: ChannelLogDto,
  ): Promise<Page<ChannelDeliveryView>> {
    return this.log.page(id, query);
  }
}
