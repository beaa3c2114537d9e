import { Body, Controller, Delete, Get, Put, Query, Res } from '@nestjs/common';
import type { BrandView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { notFound } from '../../platform/errors/api-error.js';
import type { HubReply } from '../../platform/http/exchange.js';
import { BrandSettings } from './brand-settings.service.js';
import { BrandLogoDto, BrandPreviewDto, ChangeBrandDto } from './brand.dto.js';
import { Brands } from './brands.service.js';
import { previewMail, previewPolicy } from './preview-mail.js';

/** What mails, pages and chats look like where a channel says nothing of its own. */
@Controller('api/brand')
@Access('admin', 'channels.manage')
export class BrandController {
  constructor(
    private readonly settings: BrandSettings,
    private readonly brands: Brands,
  ) {}

  @Get()
  read(): Promise<BrandView> {
    return this.settings.read();
  }

  @Put()
  change(@CurrentActor() actor: Actor, @Body() wish: ChangeBrandDto): Promise<BrandView> {
    return this.settings.change(actor, wish);
  }

  @Put('logo')
  putLogo(@CurrentActor() actor: Actor, @Body() { content }: BrandLogoDto): Promise<BrandView> {
    return this.settings.putLogo(actor, content);
  }

  @Delete('logo')
  removeLogo(@CurrentActor() actor: Actor): Promise<BrandView> {
    return this.settings.removeLogo(actor);
  }

  /** A mail as it would look with what nobody has saved yet, as a page that runs nothing. */
  @Get('preview')
  async preview(@Query() wish: BrandPreviewDto, @Res() reply: HubReply): Promise<void> {
    await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', previewPolicy)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(previewMail(this.brands.now, wish));
  }
}

/** The picture, for customers' own pages. */
@Controller('brand')
@Access('public')
export class BrandLogoController {
  constructor(private readonly brands: Brands) {}

  @Get('logo')
  async logo(@Res() reply: HubReply): Promise<void> {
    const { logo } = this.brands.now;
    if (!logo) {
      throw notFound('This picture');
    }
    await reply
      .header('content-type', logo.mediaType)
      .header('content-length', logo.bytes.length)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'public, max-age=86400')
      // The preview is a page of no origin.
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(logo.bytes);
  }
}
