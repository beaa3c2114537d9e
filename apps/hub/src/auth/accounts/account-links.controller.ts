import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { MeView, OpenedLinkView, SignInStepView } from '#contract';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Access } from '../access-rule.js';
import { LoginLimits } from '../sessions/login-limits.js';
import { SignInService } from '../sessions/sign-in.service.js';
import { AccountLinks } from './account-links.service.js';
import { ForgottenPasswordDto, JoinDto, OpenLinkDto, ResetPasswordDto } from './account-links.dto.js';
import { ForgottenPasswords } from './forgotten-passwords.service.js';

/**
 * Where one-time links lead. Tokens come in bodies and never in an address, and looking changes nothing: programs that follow every
 * link of a mail use none up.
 */
@Controller('api/account-links')
@Access('public')
export class AccountLinksController {
  constructor(
    private readonly links: AccountLinks,
    private readonly forgotten: ForgottenPasswords,
    private readonly signIn: SignInService,
    private readonly limits: LoginLimits,
  ) {}

  @Post('look')
  @HttpCode(200)
  async look(@Body() { token }: OpenLinkDto, @Req() request: HubRequest): Promise<OpenedLinkView> {
    await this.limits.takePlace(request.ip);
    const found = await this.links.describe(token);
    if (found.state === 'good') {
      await this.limits.forgetPlace(request.ip);
    }
    return found;
  }

  /** Whoever joins is signed in, unless something more is asked of everybody here. */
  @Post('join')
  @HttpCode(201)
  async join(
    @Body() { token, ...wish }: JoinDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<MeView | SignInStepView> {
    await this.limits.takePlace(request.ip);
    const joined = await this.links.join(token, { ...wish, name: wish.name.trim(), locale: wish.locale ?? null });
    await this.limits.forgetPlace(request.ip);
    return this.signIn.goOn(joined, { request, reply });
  }

  /** Signs nobody in: whoever has a second factor is asked for it as always. */
  @Post('reset')
  @HttpCode(204)
  async reset(@Body() { token, password }: ResetPasswordDto, @Req() request: HubRequest): Promise<void> {
    await this.limits.takePlace(request.ip);
    await this.links.reset(token, password);
    await this.limits.forgetPlace(request.ip);
  }

  /** Whether this hub can send links by mail at all. */
  @Get('forgotten')
  canMail(): { byMail: boolean } {
    return { byMail: this.forgotten.canMail };
  }

  /** One answer for every address, given before anybody looks whether it has an account. */
  @Post('forgotten')
  @HttpCode(202)
  async forget(@Body() { email }: ForgottenPasswordDto, @Req() request: HubRequest): Promise<{ byMail: boolean }> {
    await this.limits.take(request.ip, `forgotten ${email.trim().toLowerCase()}`);
    this.forgotten.begin(email);
    return { byMail: this.forgotten.canMail };
  }
}
