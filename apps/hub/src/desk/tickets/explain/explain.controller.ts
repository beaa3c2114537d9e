import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import type { ExplainView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { Explain } from './explain.service.js';

@Controller('api/tickets')
@Access('agent')
export class ExplainController {
  constructor(private readonly why: Explain) {}

  @Get(':id/explain')
  explain(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ExplainView> {
    return this.why.explain(actor, id);
  }
}
