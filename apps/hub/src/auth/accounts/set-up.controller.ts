import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { MeView } from '#contract';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Access } from '../access-rule.js';
import { LoginLimits } from '../sessions/login-limits.js';
import { SignInService } from '../sessions/sign-in.service.js';
import { SetUpDto } from './set-up.dto.js';
import { SetUpService } from './set-up.service.js';

/** The first visit to a new hub: makes its administrator, who is signed in at once. */
@Controller('api/setup')
@Access('public')
export class SetUpController {
  constructor(
    private readonly setUp: SetUpService,
    private readonly signIn: SignInService,
    private readonly limits: LoginLimits,
  ) {}

  @Get()
  async read(): Promise<{ needed: boolean }> {
    return { needed: await this.setUp.isNeeded() };
  }

  @Post()
  @HttpCode(201)
  async complete(
    @Body() wish: SetUpDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<MeView> {
    await this.limits.take(request.ip, 'setup');
    const { token, ...admin } = wish;
    const agentId = await this.setUp.complete(token, { ...admin, locale: wish.locale ?? 'fa' });
    return this.signIn.begin(agentId, { request, reply });
  }
}
