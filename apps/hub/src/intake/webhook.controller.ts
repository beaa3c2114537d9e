import { Controller, Get, Logger, Post, Req, Res } from '@nestjs/common';
import {
  ForgedWebhook,
  UnreadableWebhook,
  type ChannelKind,
  type WebhookReading,
  type WebhookRequest,
} from '#channels';
import { failpoint } from '#failpoint';
import { Access } from '../auth/access-rule.js';
import { ApiError, forbidden, notFound, unavailable } from '../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../platform/http/exchange.js';
import { ChannelDirectory, type OpenChannel } from '../settings/channel-directory.service.js';
import { InboundSpool } from './inbound-spool.service.js';
import { SpoolFull } from './spool.js';

/** The first part of a webhook's path, and the kinds of channel that listen there. */
const listeners: Record<string, ChannelKind[]> = {
  telegram: ['telegram'],
  twilio: ['sms', 'phone'],
  sms: ['sms'],
  calls: ['phone'],
  messages: ['messages'],
};

/**
 * Where providers call. A request is verified before it is read, stored before it is answered, and answered in the provider's own
 * terms. A forged one is refused and leaves no trace but a count; a repeated one is answered like the first.
 */
@Controller('hooks')
export class WebhookController {
  private readonly logger = new Logger(WebhookController.name);

  constructor(
    private readonly channels: ChannelDirectory,
    private readonly spool: InboundSpool,
  ) {}

  /** Some SMS gateways push in the address. */
  @Get('sms/:channel')
  @Access('webhook')
  receivePush(@Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return this.answer(request, reply);
  }

  @Post(':provider/:channel')
  @Access('webhook')
  receive(@Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return this.answer(request, reply);
  }

  @Post(':provider/:channel/:event')
  @Access('webhook')
  receiveEvent(@Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return this.answer(request, reply);
  }

  private async answer(request: HubRequest, reply: HubReply): Promise<void> {
    const {
      provider = 'sms',
      channel: id,
      event,
    } = request.params as { provider?: string; channel: string; event?: string };
    const channel = this.channels.find(id);
    if (!channel?.enabled || !channel.adapter.receive || !listeners[provider]?.includes(channel.kind)) {
      throw notFound('This channel');
    }
    const reading = await this.read(channel, toWebhook(request, event ?? ''));
    failpoint('webhook.before-store');
    await this.store(channel, reading);
    failpoint('webhook.before-answer');
    await reply
      .status(reading.answer.status)
      .header('content-type', reading.answer.contentType)
      .send(reading.answer.body);
  }

  private async read(channel: OpenChannel, request: WebhookRequest): Promise<WebhookReading> {
    try {
      return (await channel.adapter.receive?.(request, channel.account)) as WebhookReading;
    } catch (error) {
      if (error instanceof ForgedWebhook) {
        this.logger.warn(`a webhook of channel ${channel.name} was not its provider's: ${error.message}`);
        throw forbidden('This is not signed by the provider.', 'forged_webhook');
      }
      if (error instanceof UnreadableWebhook) {
        throw new ApiError(400, 'unreadable_webhook', error.message);
      }
      throw error;
    }
  }

  private async store(channel: OpenChannel, { events }: WebhookReading): Promise<void> {
    try {
      await this.spool.take(channel, events);
    } catch (error) {
      if (error instanceof SpoolFull) {
        throw unavailable('spool_full', error.message, 30);
      }
      throw error;
    }
  }
}

function toWebhook(request: HubRequest, path: string): WebhookRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: request.method,
    path,
    originalUrl: request.originalUrl,
    headers,
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
  };
}
