import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Put, Query } from '@nestjs/common';
import type { DryRunView, Page, RuleRunView, RuleView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { PageDto } from '../../desk/page.dto.js';
import { DryRuns } from './dry-runs.service.js';
import { RuleLog } from './rule-log.service.js';
import { readTermsOf, RuleSettings } from './rule-settings.service.js';
import { ChangeRuleDto, DryRunDto, NewRuleDto, RuleOrderDto } from './rules.dto.js';

@Controller('api/rules')
@Access('admin', 'automation.manage')
export class RulesController {
  constructor(
    private readonly rules: RuleSettings,
    private readonly runs: RuleLog,
    private readonly dryRuns: DryRuns,
  ) {}

  @Get()
  @Access('supervisor', 'automation.manage')
  list(): Promise<RuleView[]> {
    return this.rules.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewRuleDto): Promise<RuleView> {
    return this.rules.create(actor, body);
  }

  /** What the rule would have done with what has happened. Changes nothing. */
  @Post('dry-run')
  @HttpCode(200)
  dryRun(@Body() { terms, ruleId, over }: DryRunDto): Promise<DryRunView> {
    return this.dryRuns.run({ terms: readTermsOf(terms, 'terms.'), ruleId: ruleId ?? null, over });
  }

  @Put('order')
  order(@CurrentActor() actor: Actor, @Body() { ids }: RuleOrderDto): Promise<RuleView[]> {
    return this.rules.order(actor, ids);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeRuleDto,
  ): Promise<RuleView> {
    return this.rules.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.rules.remove(actor, id);
  }

  /** What it did and why, newest first. */
  @Get(':id/log')
  @Access('supervisor', 'automation.manage')
  log(@Param('id', ParseUUIDPipe) id: string, @Query() page: PageDto): Promise<Page<RuleRunView>> {
    return this.runs.page(id, page);
  }
}
