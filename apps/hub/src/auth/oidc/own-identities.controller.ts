import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import type { OwnIdentityView } from '#contract';
import { Database } from '../../database/database.js';
import { Access } from '../access-rule.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { recordAct } from '../record-act.js';
import { refusePrograms } from '../refuse-programs.js';
import { listIdentities, unlinkIdentity } from './identities.js';

/** By which providers I come in. */
@Controller('api/me/identities')
@Access('agent')
export class OwnIdentitiesController {
  constructor(private readonly database: Database) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<OwnIdentityView[]> {
    return listIdentities(this.database, actor.id);
  }

  @Delete(':id')
  @HttpCode(204)
  async unlink(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    refusePrograms(actor);
    await this.database.transaction(async (tx) => {
      const details = await unlinkIdentity(tx, actor.id, id);
      await recordAct(tx, { actorId: actor.id, action: 'account.identity_unlinked', subject: actor.id, details });
    });
  }
}
