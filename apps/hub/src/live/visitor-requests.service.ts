import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import { VisitorBrakes } from '../auth/visitors/visitor-brakes.service.js';
import { VisitorCheck } from '../auth/visitors/visitor-check.service.js';
import type { Visitor } from '../auth/visitors/visitor-tokens.service.js';
import { WebChats, type WebChat } from '../auth/visitors/web-chats.service.js';
import { notFound } from '../platform/errors/api-error.js';
import type { HubRequest } from '../platform/http/exchange.js';
import { mayShowChat } from './allowed-origin.js';
import { refuseUnagreed } from './visitor-form.js';
import { VisitorPeople } from './visitor-people.service.js';

/** Who calls for a visitor over HTTP, and in which chat. */
export interface VisitorCaller {
  visitor: Visitor;
  chat: WebChat;
}

/** Lets visitors in who call outside their socket. Their token comes in a header: an address is kept and passed on. */
@Injectable()
export class VisitorRequests {
  constructor(
    private readonly config: HubConfig,
    private readonly chats: WebChats,
    private readonly check: VisitorCheck,
    private readonly brakes: VisitorBrakes,
    private readonly people: VisitorPeople,
  ) {}

  /** Throws the same notFound for a chat that is off, a page that may not show it, and a token that is not one; and tooMany. */
  async admit(channelId: string, { headers, ip }: HubRequest): Promise<VisitorCaller> {
    await this.brakes.act(ip);
    const chat = this.chats.find(channelId);
    const token = /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const mayCall = chat !== null && mayShowChat(headers, this.config.publicUrl, chat);
    const visitor = mayCall && token !== undefined ? await this.check.read(token, channelId) : null;
    if (!chat || !visitor) {
      throw notFound('This chat');
    }
    return { visitor, chat };
  }

  /** The same for whoever brings something that is kept. */
  async admitToWrite(channelId: string, request: HubRequest): Promise<VisitorCaller> {
    const caller = await this.admit(channelId, request);
    await refuseUnagreed(caller.chat.inside.before, () => this.people.find(caller.visitor.visitorId));
    return caller;
  }
}
