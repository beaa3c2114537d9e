import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { PushKeyView, PushView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { PushKeys } from './push-keys.service.js';
import { PushSubscriptions } from './push-subscriptions.service.js';
import { PushTries } from './push-tries.service.js';
import { PushDto } from './push.dto.js';

/** The browsers that are woken while their agent has no console open. */
@Controller('api/me/push')
@Access('agent')
export class PushController {
  constructor(
    private readonly keys: PushKeys,
    private readonly subscriptions: PushSubscriptions,
    private readonly tries: PushTries,
  ) {}

  @Get('key')
  async key(): Promise<PushKeyView> {
    return { key: (await this.keys.get()).publicKey };
  }

  /** Signs the caller's browser up, or says anew how it is to be woken. Ends with the session. */
  @Post()
  @HttpCode(200)
  keep(@CurrentActor() actor: Actor, @Body() push: PushDto): Promise<PushView> {
    return this.subscriptions.keep(actor, push);
  }

  /** Wakes that browser once, for its reader to see that it works. */
  @Post(':id/test')
  @HttpCode(204)
  test(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.tries.test(actor, id);
  }

  @Delete(':id')
  @HttpCode(204)
  drop(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.subscriptions.drop(actor, id);
  }
}
