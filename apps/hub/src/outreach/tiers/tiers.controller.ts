import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import type { CustomerKnowledgeView, TierPreviewView, TierSettingsView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { CustomerKnowledge } from '../attributes/customer-knowledge.service.js';
import { TierSettings } from './tier-settings.service.js';
import { ChangeTiersDto, TierTermsDto } from './tiers.dto.js';

@Controller('api')
@Access('admin', 'automation.manage')
export class TiersController {
  constructor(
    private readonly settings: TierSettings,
    private readonly knowledge: CustomerKnowledge,
  ) {}

  @Get('customer-tiers')
  @Access('supervisor', 'automation.manage')
  get(): Promise<TierSettingsView> {
    return this.settings.get();
  }

  @Put('customer-tiers')
  change(@CurrentActor() actor: Actor, @Body() body: ChangeTiersDto): Promise<TierSettingsView> {
    return this.settings.change(actor, body);
  }

  @Post('customer-tiers/preview')
  @HttpCode(200)
  preview(@Body() body: TierTermsDto): Promise<TierPreviewView> {
    return this.settings.preview(body.terms);
  }

  /** The tier is no longer one set by hand: from the next night on it follows from what they buy. */
  @Delete('customers/:id/hand-tier')
  @Access('supervisor', 'automation.manage')
  forgetHand(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<CustomerKnowledgeView> {
    return this.knowledge.forgetHandTier(actor, id);
  }
}
