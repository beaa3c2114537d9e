import { Body, Controller, Get, Patch } from '@nestjs/common';
import { HubConfig } from '#config';
import type { MeView } from '#contract';
import { EventBus } from '../../events/event-bus.js';
import { AnswerNotKept } from '../../platform/http/idempotency-interceptor.js';
import { readAgentPhone } from '../../settings/agents/read-agent-phone.js';
import { Access } from '../access-rule.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { refusePrograms } from '../refuse-programs.js';
import { SessionCookie } from '../sessions/session-cookie.js';
import { AccountService } from './account.service.js';
import { MeDto } from './me.dto.js';

@Controller('api/me')
@Access('agent')
export class MeController {
  constructor(
    private readonly accounts: AccountService,
    private readonly cookie: SessionCookie,
    private readonly config: HubConfig,
    private readonly events: EventBus,
  ) {}

  @Get()
  async read(@CurrentActor() actor: Actor): Promise<MeView> {
    return { ...(await this.accounts.get(actor.id)), insecure: !this.cookie.isSecure };
  }

  @Patch()
  @AnswerNotKept()
  async change(@CurrentActor() actor: Actor, @Body() change: MeDto): Promise<MeView> {
    if (change.currentPassword !== undefined && change.newPassword !== undefined) {
      refusePrograms(actor);
      await this.accounts.changePassword(
        actor.id,
        { from: change.currentPassword, to: change.newPassword },
        actor.sessionId,
      );
    }
    if (change.phone !== undefined) {
      const { phone } = change;
      await this.accounts.changePhone(actor.id, phone && readAgentPhone(phone, this.config.defaultCountry));
    }
    await this.accounts.describe(actor.id, change);
    this.events.emit('account.changed', { agentId: actor.id });
    return this.read(actor);
  }
}
