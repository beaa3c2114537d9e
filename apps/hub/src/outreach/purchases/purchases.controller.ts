import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { PurchasesTakenView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { SendPurchasesDto } from './purchases.dto.js';
import { Purchases } from './purchases.service.js';

@Controller('api/purchases')
@Access('supervisor', 'automation.manage')
export class PurchasesController {
  constructor(private readonly purchases: Purchases) {}

  @Post()
  @HttpCode(200)
  send(@CurrentActor() actor: Actor, @Body() body: SendPurchasesDto): Promise<PurchasesTakenView> {
    return this.purchases.send(actor, body);
  }
}
