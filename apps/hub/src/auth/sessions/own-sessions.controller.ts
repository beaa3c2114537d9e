import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import type { OwnSessionView } from '#contract';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { Access } from '../access-rule.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { recordAct } from '../record-act.js';
import { refusePrograms } from '../refuse-programs.js';
import { SessionService, type WhichSessions } from './session.service.js';

/** Where I am signed in. A session that is ended is over at once, its open sockets included. */
@Controller('api/me/sessions')
@Access('agent')
export class OwnSessionsController {
  constructor(
    private readonly sessions: SessionService,
    private readonly database: Database,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<OwnSessionView[]> {
    return this.sessions.list(actor.id, actor.sessionId);
  }

  /** Ends all but the one that asks. */
  @Delete()
  @HttpCode(204)
  async endOthers(@CurrentActor() actor: Actor): Promise<void> {
    refusePrograms(actor);
    await this.end(actor, { allBut: actor.sessionId });
  }

  @Delete(':id')
  @HttpCode(204)
  async endOne(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    refusePrograms(actor);
    if ((await this.end(actor, { only: id })) === 0) {
      throw notFound('This session');
    }
  }

  private end(actor: Actor, which: WhichSessions): Promise<number> {
    return this.database.transaction(async (tx) => {
      const ended = await this.sessions.endIn(tx, actor.id, which);
      if (ended > 0) {
        const details = { ended };
        await recordAct(tx, { actorId: actor.id, action: 'account.sessions_ended', subject: actor.id, details });
      }
      return ended;
    });
  }
}
