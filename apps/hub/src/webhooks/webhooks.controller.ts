import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type {
  ChannelTestView,
  Page,
  WebhookAttemptView,
  WebhookDeliveryView,
  WebhookSecretView,
  WebhookView,
} from '#contract';
import { Access } from '../auth/access-rule.js';
import type { Actor } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.js';
import { AnswerNotKept } from '../platform/http/idempotency-interceptor.js';
import { WebhookLog } from './webhook-log.service.js';
import { WebhookSettings } from './webhook-settings.service.js';
import { WebhookRelay } from './webhook.relay.js';
import { ChangeWebhookDto, NewWebhookDto, ReplayDto, WebhookLogDto } from './webhooks.dto.js';

@Controller('api/webhooks')
@Access('admin', 'developers.manage')
export class WebhooksController {
  constructor(
    private readonly settings: WebhookSettings,
    private readonly log: WebhookLog,
    private readonly relay: WebhookRelay,
  ) {}

  @Get()
  list(): Promise<WebhookView[]> {
    return this.settings.list();
  }

  /** The answer is the only place where the secret is shown. */
  @Post()
  @AnswerNotKept()
  create(@CurrentActor() actor: Actor, @Body() body: NewWebhookDto): Promise<WebhookSecretView> {
    return this.settings.create(actor, body);
  }

  @Patch(':id')
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeWebhookDto,
  ): Promise<WebhookView> {
    const changed = await this.settings.change(actor, id, body);
    this.relay.wake();
    return changed;
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.settings.remove(actor, id);
  }

  @Post(':id/secret')
  @AnswerNotKept()
  rotate(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<WebhookSecretView> {
    return this.settings.rotate(actor, id);
  }

  @Post(':id/test')
  @HttpCode(200)
  test(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ChannelTestView> {
    return this.settings.test(actor, id);
  }

  @Get(':id/deliveries')
  deliveries(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: WebhookLogDto,
  ): Promise<Page<WebhookDeliveryView>> {
    return this.log.page(id, query);
  }

  @Get(':id/deliveries/:delivery/attempts')
  attempts(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('delivery', ParseUUIDPipe) delivery: string,
  ): Promise<WebhookAttemptView[]> {
    return this.log.attempts(id, delivery);
  }

  @Post(':id/replay')
  @HttpCode(200)
  async replay(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReplayDto,
  ): Promise<{ replayed: number }> {
    const done = await this.log.replay(actor, id, body);
    this.relay.wake();
    return done;
  }
}
