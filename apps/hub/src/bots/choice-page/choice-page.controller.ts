import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import { ApiError } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { ChoicePage, type ChoiceShown } from './choice-page.service.js';
import { choicePagePolicy, renderChoice } from './render-choice-page.js';

/**
 * Where a mail's menu is answered, without signing in. Scanners of mail follow every link, so looking changes nothing, and only the
 * button chooses.
 */
@Controller('b/:token')
@Access('visitor')
export class ChoicePageController {
  constructor(private readonly page: ChoicePage) {}

  @Get()
  show(@Param('token') token: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return this.send(reply, () => this.page.read(request.ip, token));
  }

  @Post()
  choose(@Param('token') token: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return this.send(reply, () => this.page.choose(request.ip, token));
  }

  private async send(reply: HubReply, make: () => Promise<ChoiceShown>): Promise<void> {
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', choicePagePolicy)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow');
    const shown = await make().catch((error: unknown): ChoiceShown => {
      if (error instanceof ApiError && error.status === 429) {
        return { is: 'busy' };
      }
      throw error;
    });
    await reply.code(statuses[shown.is]).send(renderChoice(shown));
  }
}

const statuses: Record<ChoiceShown['is'], number> = { choice: 200, chosen: 200, old: 410, unknown: 404, busy: 429 };
