import { Body, Controller, Get, Put } from '@nestjs/common';
import type { AccountRulesView } from '#contract';
import { Database } from '../../database/database.js';
import { Access } from '../access-rule.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { recordAct } from '../record-act.js';
import { readAccountRules, writeAccountRules } from './account-rules.js';
import { AccountRulesDto } from './second-factor.dto.js';

/** What the organisation asks of every account. It holds from the next sign-in of each on. */
@Controller('api/account-rules')
@Access('admin', 'team.manage')
export class AccountRulesController {
  constructor(private readonly database: Database) {}

  @Get()
  read(): Promise<AccountRulesView> {
    return readAccountRules(this.database);
  }

  @Put()
  async write(@CurrentActor() actor: Actor, @Body() { secondFactor }: AccountRulesDto): Promise<AccountRulesView> {
    await this.database.transaction(async (tx) => {
      await writeAccountRules(tx, { secondFactor });
      await recordAct(tx, {
        actorId: actor.id,
        action: 'account-rules.changed',
        subject: 'accounts',
        details: { secondFactor },
      });
    });
    return { secondFactor };
  }
}
