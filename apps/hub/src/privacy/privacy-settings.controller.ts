import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { ErasureView, LegalHoldView, RedactionView, RetentionPreviewView, RetentionRuleView } from '#contract';
import { Access } from '../auth/access-rule.js';
import type { Actor } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.js';
import { Erasures } from './erasures/erasures.service.js';
import { LegalHolds } from './holds/legal-holds.service.js';
import { RetentionRuleDto } from './privacy.dto.js';
import { Redactions } from './redactions/redactions.service.js';
import { RetentionRules } from './retention/retention-rules.service.js';

@Controller('api')
@Access('admin', 'privacy.manage')
export class PrivacySettingsController {
  constructor(
    private readonly rules: RetentionRules,
    private readonly holds: LegalHolds,
    private readonly erasures: Erasures,
    private readonly redactions: Redactions,
  ) {}

  @Get('retention-rules')
  list(): Promise<RetentionRuleView[]> {
    return this.rules.list();
  }

  @Post('retention-rules')
  add(@CurrentActor() actor: Actor, @Body() body: RetentionRuleDto): Promise<RetentionRuleView> {
    return this.rules.add(actor, body);
  }

  /** How many it would let go now; changes nothing. */
  @Post('retention-rules/preview')
  @HttpCode(200)
  preview(@Body() body: RetentionRuleDto): Promise<RetentionPreviewView> {
    return this.rules.preview(body);
  }

  @Delete('retention-rules/:id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.rules.remove(actor, id);
  }

  @Get('legal-holds')
  listHolds(): Promise<LegalHoldView[]> {
    return this.holds.list();
  }

  @Get('erasures/:id')
  @Access('admin', 'people.erase')
  erasure(@Param('id', ParseUUIDPipe) id: string): Promise<ErasureView> {
    return this.erasures.get(id);
  }

  /** Takes the words and files of one message out of everything that Peyk keeps. */
  @Post('messages/:id/redact')
  @HttpCode(200)
  @Access('supervisor', 'messages.redact')
  redact(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<RedactionView> {
    return this.redactions.redact(actor, id);
  }
}
