import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import type { StartView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { FirstSteps } from './first-steps.service.js';
import { CompanyDto, OwnStartDto, StartDto } from './start.dto.js';

/** From a new hub to one that takes messages: what is there already, and where the wizard was left. */
@Controller('api/start')
@Access('admin')
export class StartController {
  constructor(private readonly steps: FirstSteps) {}

  @Get()
  @Access('agent')
  read(@CurrentActor() actor: Actor): Promise<StartView> {
    return this.steps.read(actor);
  }

  /** What a colleague has tried for the first time, or that they want to see no more of it. */
  @Patch('mine')
  @Access('agent')
  keepMine(@CurrentActor() actor: Actor, @Body() body: OwnStartDto): Promise<StartView> {
    return this.steps.keepMine(actor, body);
  }

  @Patch()
  keepPlace(@CurrentActor() actor: Actor, @Body() body: StartDto): Promise<StartView> {
    return this.steps.keepPlace(actor, body);
  }

  /** Writes hours and queues as the settings would; once more with the same words changes nothing. */
  @Put('company')
  setCompany(@CurrentActor() actor: Actor, @Body() body: CompanyDto): Promise<StartView> {
    return this.steps.setCompany(actor, body);
  }
}
