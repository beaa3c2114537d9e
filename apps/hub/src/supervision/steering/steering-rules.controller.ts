import { Body, Controller, Get, Put } from '@nestjs/common';
import type { SteeringRulesView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { readSteeringRules, writeSteeringRules } from './steering-rules.js';
import { SteeringRulesDto } from './steering.dto.js';

/** What the organisation says of steering. */
@Controller('api/steering/rules')
@Access('admin', 'team.manage')
export class SteeringRulesController {
  constructor(private readonly database: Database) {}

  @Get()
  read(): Promise<SteeringRulesView> {
    return readSteeringRules(this.database);
  }

  @Put()
  async change(@CurrentActor() actor: Actor, @Body() { tellWatched }: SteeringRulesDto): Promise<SteeringRulesView> {
    await this.database.transaction(async (tx) => {
      await writeSteeringRules(tx, { tellWatched });
      const details = { tellWatched };
      await recordAct(tx, { actorId: actor.id, action: 'steering_rules.changed', subject: 'steering', details });
    });
    return { tellWatched };
  }
}
