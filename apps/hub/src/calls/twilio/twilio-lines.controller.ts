import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { TwilioVoiceSettings, WebhookReading } from '#channels';
import { Access } from '../../auth/access-rule.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { KeptEvents } from './kept-events.service.js';
import { TwilioLines } from './twilio-lines.service.js';
import { TwilioOutgoing } from './twilio-outgoing.service.js';
import { toLineHook, verified } from './verified-hook.js';

const xml = 'text/xml; charset=utf-8';

/**
 * Where Twilio asks what it plays on a line, and tells how a call goes. Everything is proven by Twilio's signature over the public
 * address, and everything about a line names the turn of the reply that it answers, so that a repeat is answered like the first.
 */
@Controller('hooks/twilio/:channel')
export class TwilioLinesController {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly lines: TwilioLines,
    private readonly outgoing: TwilioOutgoing,
    private readonly events: KeptEvents,
  ) {}

  /** A call rings. Where Peyk does not answer itself, its greeting is played. */
  @Post('voice')
  @Access('webhook')
  async arrived(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    const channel = this.find(id);
    await (isOurs(channel) && settingsOf(channel).answers === 'peyk'
      ? xmlOf(reply, this.lines.play(channel, toLineHook(request, 'voice')))
      : this.store(channel, request, reply, 'voice'));
  }

  @Post('voice-next')
  @Access('webhook')
  next(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return xmlOf(reply, this.lines.play(this.findOurs(id), toLineHook(request, 'voice-next')));
  }

  @Post('voice-dialled')
  @Access('webhook')
  dialled(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return xmlOf(reply, this.lines.play(this.findOurs(id), toLineHook(request, 'voice-dialled')));
  }

  @Post('voice-recorded')
  @Access('webhook')
  recorded(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    const hook = toLineHook(request, 'voice-recorded');
    const channel = this.findOurs(id);
    const isOutage = (request.query as { outage?: unknown }).outage !== undefined;
    return xmlOf(reply, isOutage ? this.lines.takeMessage(channel, hook) : this.lines.play(channel, hook));
  }

  @Post('voice-wait')
  @Access('webhook')
  wait(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return xmlOf(reply, this.lines.wait(this.findOurs(id), toLineHook(request, 'voice-wait')));
  }

  @Post('voice-fallback')
  @Access('webhook')
  recover(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return xmlOf(reply, this.lines.recover(this.findOurs(id), toLineHook(request, 'voice-fallback')));
  }

  /** An agent whom we called is there: the customer is called. */
  @Post('voice-outgoing')
  @Access('webhook')
  outgoingCall(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return xmlOf(reply, this.outgoing.join(this.findOurs(id), toLineHook(request, 'voice-outgoing')));
  }

  /** How a call or a leg of it goes. The line itself hears first: it knows best what a call was that is over. */
  @Post('voice-status')
  @Access('webhook')
  async status(@Param('channel') id: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    const channel = this.find(id);
    const hook = toLineHook(request, 'voice-status');
    if (isOurs(channel)) {
      await this.lines.notice(channel, hook);
    }
    await this.store(channel, request, reply, 'voice-status');
  }

  private async store(channel: OpenChannel, request: HubRequest, reply: HubReply, path: string): Promise<void> {
    await send(reply, (await this.keep(channel, request, path)).answer);
  }

  private async keep(channel: OpenChannel, request: HubRequest, path: string): Promise<WebhookReading> {
    const hook = toLineHook(request, path);
    const reading = (await verified(channel, () => channel.adapter.receive?.(hook, channel.account))) as WebhookReading;
    await this.events.keep(channel, reading.events);
    return reading;
  }

  private find(id: string): OpenChannel {
    const channel = this.channels.find(id);
    if (!channel?.enabled || (channel.kind !== 'phone' && channel.kind !== 'sms')) {
      throw notFound('This channel');
    }
    return channel;
  }

  private findOurs(id: string): OpenChannel {
    const channel = this.find(id);
    if (!isOurs(channel)) {
      throw notFound('This channel');
    }
    return channel;
  }
}

function isOurs(channel: OpenChannel): boolean {
  return channel.kind === 'phone' && settingsOf(channel).driver === 'twilio';
}

function settingsOf({ account }: OpenChannel): TwilioVoiceSettings {
  return account.settings as TwilioVoiceSettings;
}

async function xmlOf(reply: HubReply, body: Promise<string>): Promise<void> {
  await send(reply, { status: 200, contentType: xml, body: await body });
}

async function send(reply: HubReply, answer: WebhookReading['answer']): Promise<void> {
  await reply.status(answer.status).header('content-type', answer.contentType).send(answer.body);
}
