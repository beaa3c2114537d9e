import { Controller, Delete, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { AccountLinkView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { refusePrograms } from '../../auth/refuse-programs.js';
import { AnswerNotKept } from '../../platform/http/idempotency-interceptor.js';
import { AgentAccess } from './agent-access.service.js';

/** How colleagues come into their accounts. Links are shown once, to whoever makes them, and are mailed where mail is set up. */
@Controller('api/agents/:id')
@Access('admin', 'team.manage')
export class AgentAccessController {
  constructor(private readonly access: AgentAccess) {}

  /** Invites, or invites again: the link before holds no longer. */
  @Post('invitation')
  @AnswerNotKept()
  invite(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AccountLinkView> {
    return this.access.invite(actor, id);
  }

  @Delete('invitation')
  @HttpCode(204)
  revokeInvitation(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.access.revokeInvitation(actor, id);
  }

  /** For a colleague who lost their password: they choose a new one, nobody else does. */
  @Post('reset-link')
  @AnswerNotKept()
  async makeReset(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AccountLinkView> {
    refusePrograms(actor);
    return this.access.makeReset(actor, id);
  }

  @Delete('second-factor')
  @HttpCode(204)
  async resetSecondFactor(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    refusePrograms(actor);
    return this.access.resetSecondFactor(actor, id);
  }
}
