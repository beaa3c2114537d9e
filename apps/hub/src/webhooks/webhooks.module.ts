import { Module } from '@nestjs/common';
import { FanOut } from './fan-out.service.js';
import { WebhookDoor } from './webhook-door.js';
import { WebhookFigures } from './webhook-figures.service.js';
import { WebhookLog } from './webhook-log.service.js';
import { WebhookPayload } from './webhook-payload.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhookSettings } from './webhook-settings.service.js';
import { WebhookRelay } from './webhook.relay.js';
import { WebhooksController } from './webhooks.controller.js';

/** What happened, told to the organisation's other programs. */
@Module({
  controllers: [WebhooksController],
  providers: [
    FanOut,
    WebhookDoor,
    WebhookFigures,
    WebhookLog,
    WebhookPayload,
    WebhookRelay,
    WebhookSender,
    WebhookSettings,
  ],
})
export class WebhooksModule {}
