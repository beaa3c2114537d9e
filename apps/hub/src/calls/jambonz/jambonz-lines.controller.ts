import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { JambonzVerb } from '#channels';
import { Access } from '../../auth/access-rule.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { toLineHook } from '../twilio/verified-hook.js';
import { JambonzDriver } from './jambonz-driver.service.js';
import { JambonzLines } from './jambonz-lines.service.js';

/** Where jambonz asks what it plays on a line, and tells how a call goes; proven by its signature over the body. */
@Controller('hooks/jambonz/:channel')
export class JambonzLinesController {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly lines: JambonzLines,
    private readonly driver: JambonzDriver,
  ) {}

  @Post(':event')
  @Access('webhook')
  async told(
    @Param('channel') id: string,
    @Param('event') event: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    const hook = toLineHook(request, event);
    const channel = this.find(id);
    switch (event) {
      case 'call':
      case 'next':
      case 'dialled':
        return send(reply, await this.lines.play(channel, hook));
      case 'wait':
        return send(reply, await this.lines.wait(channel, hook));
      case 'outgoing':
        return send(reply, await this.driver.join(channel, hook));
      case 'status':
        await this.lines.status(channel, hook);
        return send(reply, []);
      default:
        throw notFound('This way in');
    }
  }

  private find(id: string): OpenChannel {
    const channel = this.channels.find(id);
    const { driver } = (channel?.account.settings ?? {}) as { driver?: string };
    if (!channel?.enabled || channel.kind !== 'phone' || driver !== 'jambonz') {
      throw notFound('This channel');
    }
    return channel;
  }
}

async function send(reply: HubReply, verbs: JambonzVerb[]): Promise<void> {
  await reply.status(200).header('content-type', 'application/json').send(JSON.stringify(verbs));
}
