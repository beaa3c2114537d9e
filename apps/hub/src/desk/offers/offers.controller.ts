import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { LoadView, OfferView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { Offers, type TakenOffer } from '../../automation/offers/offers.service.js';
import { DeclineOfferDto } from './offers.dto.js';

@Controller('api')
@Access('agent')
export class OffersController {
  constructor(private readonly offers: Offers) {}

  /** What the caller is asked to take now, what ends first first. */
  @Get('me/offers')
  async list(@CurrentActor() actor: Actor): Promise<{ offers: OfferView[] }> {
    return { offers: await this.offers.list(actor.id) };
  }

  @Get('me/load')
  load(@CurrentActor() actor: Actor): Promise<LoadView> {
    return this.offers.load(actor.id);
  }

  @Post('offers/:id/accept')
  @HttpCode(200)
  accept(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<TakenOffer> {
    return this.offers.accept(actor.id, id);
  }

  @Post('offers/:id/decline')
  @HttpCode(204)
  decline(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DeclineOfferDto,
  ): Promise<void> {
    return this.offers.decline(actor.id, id, body.reason ?? '');
  }
}
