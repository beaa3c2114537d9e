import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { MeView, SignInStepView } from '#contract';
import { ApiError } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Log } from '../../platform/operations/log.js';
import { Access } from '../access-rule.js';
import { isTheirs, Principals } from '../principals.js';
import { PasswordCheck } from './password-check.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionDto } from './session.dto.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

@Controller('api/session')
@Access('public')
export class SessionController {
  constructor(
    private readonly passwords: PasswordCheck,
    private readonly signIn: SignInService,
    private readonly sessions: SessionService,
    private readonly principals: Principals,
    private readonly cookie: SessionCookie,
    private readonly log: Log,
  ) {}

  @Post()
  @HttpCode(201)
  async begin(
    @Body() credentials: SessionDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<MeView | SignInStepView> {
    const proven = await this.passwords
      .check(request.ip, credentials)
      .catch((error: unknown) => this.noteRefusal(error, request));
    this.log.info('An agent gave the right password.', { agentId: proven.agentId, ip: request.ip });
    return this.signIn.goOn(proven, { request, reply });
  }

  /** Why a console is not signed in any more, for a page that has words in it and must say what becomes of them. */
  @Get('end')
  async why(@Req() request: HubRequest): Promise<{ reason: 'none' | 'over' | 'switched_off' | 'other' }> {
    const token = this.cookie.read(request.headers.cookie);
    if (token === null) {
      return { reason: 'over' };
    }
    if (await this.sessions.isSwitchedOff(token)) {
      return { reason: 'switched_off' };
    }
    const actor = await this.sessions.resolve(token);
    if (actor === null) {
      return { reason: 'over' };
    }
    return { reason: isTheirs(request.headers, actor.id) ? 'none' : 'other' };
  }

  /** Signs out. Without a session that is nothing to do, and no error. */
  @Delete()
  @HttpCode(204)
  async end(@Req() request: HubRequest, @Res({ passthrough: true }) reply: HubReply): Promise<void> {
    const actor = await this.principals.fromHeaders(request.headers);
    if (actor?.sessionId) {
      await this.sessions.end(actor.id, { only: actor.sessionId });
      this.log.info('An agent signed out.', { agentId: actor.id, ip: request.ip, requestId: request.id });
    }
    void reply.header('set-cookie', this.cookie.write('', 0)).header('clear-site-data', '"cache"');
  }

  private noteRefusal(error: unknown, request: HubRequest): never {
    const reason = error instanceof ApiError ? error.code : 'failed';
    this.log.info('A sign-in was refused.', { reason, ip: request.ip, requestId: request.id });
    throw error;
  }
}
