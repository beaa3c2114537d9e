import { Controller, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { Access } from '../auth/access-rule.js';
import type { HubRequest } from '../platform/http/exchange.js';
import { GivenConsents } from './given-consents.service.js';
import { VisitorPeople } from './visitor-people.service.js';
import { VisitorRequests } from './visitor-requests.service.js';

/** What a visitor agreed to before their chat, for them to take back as easily as it was given. */
@Controller('api/chat/:channel/consent-withdrawals')
@Access('visitor')
export class VisitorConsentsController {
  constructor(
    private readonly requests: VisitorRequests,
    private readonly people: VisitorPeople,
    private readonly consents: GivenConsents,
  ) {}

  /** Again changes nothing: the first time counts. */
  @Post()
  @HttpCode(204)
  async withdraw(@Param('channel', ParseUUIDPipe) channel: string, @Req() request: HubRequest): Promise<void> {
    const { visitor, chat } = await this.requests.admit(channel, request);
    const known = await this.people.find(visitor.visitorId);
    if (known) {
      await this.consents.withdraw(chat.id, known.identityId);
    }
  }
}
