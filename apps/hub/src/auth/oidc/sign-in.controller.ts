import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { SignInBegunView, SignInRefusal, SignInWaysView } from '#contract';
import { Database } from '../../database/database.js';
import { ApiError, unavailable } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Log } from '../../platform/operations/log.js';
import { Access } from '../access-rule.js';
import { LoginLimits } from '../sessions/login-limits.js';
import { SignInCookie } from '../sessions/sign-in-cookie.js';
import type { Exchange } from '../sessions/sign-in.service.js';
import { readPasswords } from './password-rule.service.js';
import { ProviderSignIn, type Arrived } from './provider-sign-in.service.js';
import { SignInRefused } from './sign-in-refused.js';
import { BeginSignInDto } from './sign-in-settings.dto.js';

/** Signing in by a provider: the button, and where the provider leads back. */
@Controller('api/sign-in')
@Access('public')
export class SignInController {
  constructor(
    private readonly database: Database,
    private readonly providers: ProviderSignIn,
    private readonly limits: LoginLimits,
    private readonly cookie: SignInCookie,
    private readonly log: Log,
  ) {}

  @Get()
  async ways(): Promise<SignInWaysView> {
    const providers = await this.database.query<SignInWaysView['providers'][number] & Record<string, unknown>>(
      'select id, name from sign_in_provider where enabled order by name, id',
    );
    return { providers, passwords: await readPasswords(this.database) };
  }

  /** A call of the sign-in page's own and no link: no other site can begin a sign-in in somebody's browser. */
  @Post(':provider')
  @HttpCode(200)
  async begin(
    @Param('provider', ParseUUIDPipe) provider: string,
    @Body() { to }: BeginSignInDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<SignInBegunView> {
    await this.limits.takePlace(request.ip);
    const { location, state, browser } = await this.providers.begin(provider, request, to).catch((error: unknown) => {
      throw error instanceof SignInRefused ? this.explain(error, provider, request) : error;
    });
    void reply.header('set-cookie', this.cookie.write(state, browser));
    return { location };
  }

  /** Every outcome leads to the sign-in page, which says it in words. What it needs is behind the #, where no server is told of it. */
  @Get(':provider/back')
  @HttpCode(303)
  async back(
    @Param('provider', ParseUUIDPipe) provider: string,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<void> {
    const state = new URL(request.url, 'http://hub').searchParams.get('state') ?? '';
    const outcome = await this.arrive(provider, state, { request, reply });
    if (outcome['refused'] !== 'over') {
      void reply.header('set-cookie', this.cookie.clear(state));
    }
    void reply
      .code(303)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('location', `/login#${new URLSearchParams(outcome).toString()}`);
  }

  private async arrive(provider: string, state: string, exchange: Exchange): Promise<Record<string, string>> {
    const { request } = exchange;
    try {
      await this.limits.takePlace(request.ip);
      const browser = this.cookie.read(request.headers.cookie, state) ?? '';
      const arrived = await this.providers.finish(provider, { state, browser }, exchange);
      await this.limits.forgetPlace(request.ip);
      return outcomeOf(arrived);
    } catch (error) {
      return { refused: this.noteRefusal(error, provider, request) };
    }
  }

  private noteRefusal(error: unknown, provider: string, { ip, id: requestId }: HubRequest): SignInRefusal {
    const why = whyOf(error);
    const detail = error instanceof SignInRefused ? error.detail : undefined;
    this.log.info('A sign-in by a provider was refused.', { reason: why, detail, provider, ip, requestId });
    return why;
  }

  private explain(error: SignInRefused, provider: string, request: HubRequest): ApiError {
    this.noteRefusal(error, provider, request);
    return error.why === 'unreachable'
      ? unavailable('provider_away', 'The provider does not answer. Try again in a moment, or sign in another way.', 10)
      : new ApiError(
          502,
          'provider_unfit',
          'The provider answers with something that cannot be used. Tell your administrator.',
        );
  }
}

function outcomeOf({ answer, returnTo }: Arrived): Record<string, string> {
  return 'ticket' in answer
    ? { step: answer.step, ticket: answer.ticket, to: returnTo }
    : { in: answer.id, to: returnTo };
}

/** What is no refusal and no limit is a fault of the hub's, which the problem filter tells. */
function whyOf(error: unknown): SignInRefusal {
  if (error instanceof SignInRefused) {
    return error.why;
  }
  if (error instanceof ApiError && error.status < 500) {
    return error.status === 429 ? 'too_many' : 'no_account';
  }
  throw error;
}
