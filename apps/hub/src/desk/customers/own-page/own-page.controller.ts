import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { MyPageView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import { ApiError } from '../../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../../platform/http/exchange.js';
import { Brands } from '../../../settings/brand/brands.service.js';
import { serveFile } from '../../attachments/serve-file.js';
import { DownloadDto, OwnPageDto } from './own-page.dto.js';
import { OwnPage } from './own-page.service.js';
import { renderNoPage, renderOwnPage, type OwnPageText } from './render-own-page.js';

/** A customer's own page as JSON. The token is in the path, so nothing of it is kept by anybody on the way. */
@Controller('api/my/:token')
@Access('visitor')
export class MyController {
  constructor(private readonly page: OwnPage) {}

  @Get()
  read(
    @Param('token') token: string,
    @Query() { before }: OwnPageDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<MyPageView> {
    unkept(reply);
    return this.page.read(request.ip, token, before);
  }

  @Get('download')
  async download(
    @Param('token') token: string,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<MyPageView> {
    unkept(reply);
    const page = await this.page.all(request.ip, token);
    void reply.header('content-disposition', 'attachment; filename="conversation.json"');
    return page;
  }

  @Post('deletion')
  @HttpCode(204)
  askForDeletion(@Param('token') token: string, @Req() request: HubRequest): Promise<void> {
    return this.page.askForDeletion(request.ip, token);
  }
}

/** The same as a plain page: no script, nothing loaded, in the customer's language. */
@Controller('my/:token')
@Access('visitor')
export class OwnPageController {
  constructor(
    private readonly page: OwnPage,
    private readonly brands: Brands,
  ) {}

  @Get()
  read(
    @Param('token') token: string,
    @Query() { before }: OwnPageDto,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    return this.show(request, reply, async () =>
      renderOwnPage(this.brands.now, await this.page.read(request.ip, token, before), `/my/${token}`),
    );
  }

  @Get('download')
  download(
    @Param('token') token: string,
    @Query() { format }: DownloadDto,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    return this.show(request, reply, async () => {
      const page = await this.page.all(request.ip, token);
      void reply.header('content-disposition', `attachment; filename="conversation.${format}"`);
      if (format === 'html') {
        return renderOwnPage(this.brands.now, page, null);
      }
      void reply.header('content-type', 'application/json; charset=utf-8');
      return JSON.stringify(page, null, 2);
    });
  }

  /** A file that the page names, served as one from a stranger is: it runs nothing, and nothing of it is kept on the way. */
  @Get('files/:id')
  async file(
    @Param('token') token: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    unkept(reply);
    await this.orNoPage(request, reply, async () =>
      serveFile(reply, await this.page.file(request.ip, token, id), 'no-store'),
    );
  }

  /** A form's answer is the page again, so that reloading it asks for nothing. */
  @Post('deletion')
  async askForDeletion(
    @Param('token') token: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    await this.show(request, reply, async () => {
      await this.page.askForDeletion(request.ip, token);
      void reply.code(303).header('location', `/my/${token}`);
      return '';
    });
  }

  private async show(request: HubRequest, reply: HubReply, make: () => Promise<OwnPageText | string>): Promise<void> {
    unkept(reply);
    await this.orNoPage(request, reply, async () => sendPage(reply, await make()));
  }

  /** What is not there, or asked for too often, is said as a page too: whoever follows a link has a browser. */
  private async orNoPage(request: HubRequest, reply: HubReply, send: () => Promise<void>): Promise<void> {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      const language = /\b(fa|en)\b/i.exec(request.headers['accept-language'] ?? '')?.[1]?.toLowerCase();
      void reply.code(error.status);
      await sendPage(reply, renderNoPage(this.brands.now, language === 'fa' ? 'fa' : 'en'));
    }
  }
}

/** A text alone is what its maker said it is. */
async function sendPage(reply: HubReply, made: OwnPageText | string): Promise<void> {
  if (typeof made === 'string') {
    await reply.send(made);
    return;
  }
  await reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', made.policy)
    .send(made.html);
}

/** The address is a secret, and so is what it shows: no copy, no trace in what the page links to, no search engine. */
function unkept(reply: HubReply): void {
  void reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex, nofollow');
}
