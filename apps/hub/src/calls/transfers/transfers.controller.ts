import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { TransferTargetsView, TransferView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { TransferDto } from './transfer.dto.js';
import { Transfers } from './transfers.service.js';

@Controller('api/calls/:id')
@Access('agent')
export class TransfersController {
  constructor(private readonly transfers: Transfers) {}

  /** Whom a call can be handed to at this moment. `id`: of the call, or of its message. */
  @Get('transfer-targets')
  targets(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<TransferTargetsView> {
    return this.transfers.targets(actor, id);
  }

  /** Hands the caller to a colleague, to a queue or to a number, without talking with them first. `id`: of the call, or of its message. */
  @Post('transfer')
  @HttpCode(202)
  transfer(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() wish: TransferDto,
  ): Promise<TransferView> {
    return this.transfers.ask(actor, id, wish);
  }
}
