import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { ScriptMissClusterView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { MissListDto, TeachDto } from './teach.dto.js';
import { Teaching } from './teaching.service.js';

/** What scripts did not understand, and what they are to make of it. */
@Controller('api/scripts/misses')
@Access('supervisor', 'automation.manage')
export class TeachController {
  constructor(private readonly teaching: Teaching) {}

  @Get()
  list(@Query() { script }: MissListDto): Promise<ScriptMissClusterView[]> {
    return this.teaching.list(script ?? null);
  }

  @Post('teach')
  @Access('admin', 'automation.manage')
  @HttpCode(204)
  teach(@CurrentActor() actor: Actor, @Body() body: TeachDto): Promise<void> {
    return this.teaching.teach(actor, body);
  }
}
