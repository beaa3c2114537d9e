import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { ApiError } from '../../platform/errors/api-error.js';
import type { Brand } from '../../settings/brand/brand.js';
import { Brands } from '../../settings/brand/brands.service.js';
import { renderClosed, renderQuestion, renderThanks, type SurveyPageText } from './render-survey-page.js';
import { SurveyPage, type PageShown } from './survey-page.service.js';

/**
 * Where the question of a mail is answered, without signing in. Scanners of mail follow every link, so looking changes nothing: it shows
 * the score that was chosen with a button, and only the button answers.
 */
@Controller('s/:token')
@Access('visitor')
export class SurveyPageController {
  constructor(
    private readonly page: SurveyPage,
    private readonly brands: Brands,
  ) {}

  @Get()
  show(@Param('token') token: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return this.send(reply, () => this.page.read(request.ip, token));
  }

  @Post()
  answer(@Param('token') token: string, @Req() request: HubRequest, @Res() reply: HubReply): Promise<void> {
    return this.send(reply, () => this.page.answer(request.ip, token, fieldsOf(request.body)));
  }

  private async send(reply: HubReply, make: () => Promise<PageShown>): Promise<void> {
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow');
    const shown = await make().catch((error: unknown): PageShown => {
      if (error instanceof ApiError && error.status === 429) {
        return { is: 'busy' };
      }
      throw error;
    });
    const { html, policy } = pageOf(this.brands.now, shown);
    await reply.header('content-security-policy', policy).code(statusOf(shown)).send(html);
  }
}

function statusOf({ is }: PageShown): number {
  switch (is) {
    case 'question':
    case 'thanks':
      return 200;
    case 'busy':
      return 429;
    case 'unknown':
      return 404;
    case 'expired':
    case 'used':
      return 410;
  }
}

function pageOf(brand: Brand, shown: PageShown): SurveyPageText {
  switch (shown.is) {
    case 'question':
      return renderQuestion(brand, shown.question, shown.score);
    case 'thanks':
      return renderThanks(brand, shown.question);
    case 'busy':
    case 'unknown':
    case 'expired':
    case 'used':
      return renderClosed(brand, shown.is);
  }
}

/** The fields of a form; a body of another type has none. */
function fieldsOf(body: unknown): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
}
