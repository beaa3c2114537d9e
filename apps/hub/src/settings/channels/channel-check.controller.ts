import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { ChannelCheckView, ChannelHealthView, ChannelTestView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import { TestMessageDto } from './channel-check.dto.js';
import { ChannelCheck } from './channel-check.service.js';
import { ChannelHealth } from './channel-health.service.js';

@Controller('api/channels/:id')
@Access('admin')
export class ChannelCheckController {
  constructor(
    private readonly checks: ChannelCheck,
    private readonly healths: ChannelHealth,
  ) {}

  @Post('check')
  @HttpCode(200)
  check(@Param('id', ParseUUIDPipe) id: string): Promise<ChannelCheckView> {
    return this.checks.check(id);
  }

  @Post('test-message')
  @HttpCode(200)
  sendTest(@Param('id', ParseUUIDPipe) id: string, @Body() { to }: TestMessageDto): Promise<ChannelTestView> {
    return this.checks.sendTest(id, to);
  }

  @Get('health')
  health(@Param('id', ParseUUIDPipe) id: string): Promise<ChannelHealthView> {
    return this.healths.of(id);
  }
}
