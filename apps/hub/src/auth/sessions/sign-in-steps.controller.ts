import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { EnrolmentView, MeView, RecoveryCodesView } from '#contract';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Log } from '../../platform/operations/log.js';
import { Access } from '../access-rule.js';
import { holdIdentity } from '../oidc/identities.js';
import { SecondFactor } from '../second-factor/second-factor.service.js';
import { LoginLimits } from './login-limits.js';
import { StepCodeDto, TicketDto } from './sign-in-steps.dto.js';
import { SignInSteps, type HeldTicket } from './sign-in-steps.service.js';
import { SignInService, type Exchange } from './sign-in.service.js';

/** The second half of signing in. There is no session before it is done: all that is known of the caller is their ticket, and that it was their browser that got it. */
@Controller('api/session')
@Access('public')
export class SignInStepsController {
  constructor(
    private readonly steps: SignInSteps,
    private readonly secondFactor: SecondFactor,
    private readonly signIn: SignInService,
    private readonly limits: LoginLimits,
    private readonly log: Log,
  ) {}

  @Post('code')
  @HttpCode(201)
  async prove(
    @Body() { ticket, code }: StepCodeDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<MeView> {
    const held = this.steps.hold(request, ticket);
    const agentId = await this.tryOnce(request, held, 'code');
    await this.secondFactor.prove(agentId, code).catch((error: unknown) => this.noteRefusal(error, request, agentId));
    return this.enter(agentId, held, { request, reply });
  }

  /** For who has no second factor yet where everybody has one: their secret, to be put into an authenticator. */
  @Post('enrolment')
  @HttpCode(200)
  async enrol(@Body() { ticket }: TicketDto, @Req() request: HubRequest): Promise<EnrolmentView> {
    await this.limits.takePlace(request.ip);
    return this.secondFactor.begin(await this.steps.read(this.steps.hold(request, ticket), 'enrol'));
  }

  /** Its first code signs in. The recovery codes are shown here and nowhere else. */
  @Post('enrolment/code')
  @HttpCode(201)
  async confirm(
    @Body() { ticket, code }: StepCodeDto,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<RecoveryCodesView & { me: MeView }> {
    const held = this.steps.hold(request, ticket);
    const agentId = await this.tryOnce(request, held, 'enrol');
    const { codes } = await this.secondFactor
      .confirm(agentId, code)
      .catch((error: unknown) => this.noteRefusal(error, request, agentId));
    return { codes, me: await this.enter(agentId, held, { request, reply }) };
  }

  private async tryOnce(request: HubRequest, held: HeldTicket, kind: 'code' | 'enrol'): Promise<string> {
    await this.limits.takePlace(request.ip);
    const agentId = await this.steps.takeTry(held, kind);
    await this.limits.takeProof(agentId, 'code');
    return agentId;
  }

  private async enter(agentId: string, held: HeldTicket, exchange: Exchange): Promise<MeView> {
    const me = await this.signIn.begin(agentId, exchange, async (tx) => {
      const provider = await this.steps.end(tx, held);
      return provider === null ? null : holdIdentity(tx, agentId, provider);
    });
    this.steps.forget(held, exchange.reply);
    await Promise.all([this.limits.forgetPlace(exchange.request.ip), this.limits.forgetProof(agentId, 'code')]);
    return me;
  }

  private noteRefusal(error: unknown, { ip, id }: HubRequest, agentId: string): never {
    this.log.info('A second step of signing in was refused.', { agentId, ip, requestId: id });
    throw error;
  }
}
