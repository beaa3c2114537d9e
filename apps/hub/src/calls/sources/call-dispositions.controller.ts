import { Body, Controller, Get, Put } from '@nestjs/common';
import type { CallDispositionView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { CallDispositionsDto } from './call-dispositions.dto.js';
import { CallDispositions } from './call-dispositions.service.js';

@Controller('api/call-dispositions')
@Access('admin', 'fields.manage')
export class CallDispositionsController {
  constructor(private readonly dispositions: CallDispositions) {}

  @Get()
  @Access('agent')
  list(): Promise<CallDispositionView[]> {
    return this.dispositions.list();
  }

  @Put()
  set(@CurrentActor() actor: Actor, @Body() { list }: CallDispositionsDto): Promise<CallDispositionView[]> {
    return this.dispositions.set(actor, list);
  }
}
