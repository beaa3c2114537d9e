import { Controller, Get, Header } from '@nestjs/common';
import type { SystemAlarmView, SystemView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { Diagnostics } from './diagnostics.service.js';
import { SystemState } from './system-state.service.js';

@Controller('api/system')
@Access('admin', 'system.manage')
export class SystemController {
  constructor(
    private readonly state: SystemState,
    private readonly diagnostics: Diagnostics,
    private readonly database: Database,
  ) {}

  /** Nodes and their workers, the database, what waits where, the disk and the last backup. */
  @Get()
  @Header('cache-control', 'no-store')
  read(): Promise<SystemView> {
    return this.state.read();
  }

  /** Workers and nodes that are silent: cheap enough to be asked for all the time. */
  @Get('alarm')
  @Header('cache-control', 'no-store')
  alarm(): Promise<SystemAlarmView> {
    return this.state.alarm();
  }

  /** One file for whoever helps: findings, figures and the last lines of the log, without secrets and without what people wrote. */
  @Get('diagnostics')
  @Header('cache-control', 'no-store')
  @Header('content-disposition', 'attachment; filename="peyk-diagnostics.json"')
  async gather(@CurrentActor() actor: Actor): Promise<Record<string, unknown>> {
    const gathered = await this.diagnostics.gather();
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'system.diagnosed', subject: 'hub' }),
    );
    return gathered;
  }
}
