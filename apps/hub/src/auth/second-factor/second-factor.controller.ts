import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { EnrolmentView, RecoveryCodesView, SecondFactorView } from '#contract';
import { invalid } from '../../platform/errors/api-error.js';
import { AnswerNotKept } from '../../platform/http/idempotency-interceptor.js';
import { Access } from '../access-rule.js';
import { AccountService } from '../accounts/account.service.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { refusePrograms } from '../refuse-programs.js';
import { LoginLimits } from '../sessions/login-limits.js';
import { CodeDto, EnrolDto, ProveDto } from './second-factor.dto.js';
import { SecondFactor } from './second-factor.service.js';

/** My second factor. Whoever changes it says their password once more: an open console is no proof of who sits before it. */
@Controller('api/me/second-factor')
@Access('agent')
export class SecondFactorController {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly accounts: AccountService,
    private readonly limits: LoginLimits,
  ) {}

  @Get()
  read(@CurrentActor() actor: Actor): Promise<SecondFactorView> {
    return this.secondFactor.describe(actor.id);
  }

  /** Makes a new secret. Nothing is on, and nothing is off, before its first code. */
  @Post('enrolment')
  @AnswerNotKept()
  async begin(@CurrentActor() actor: Actor, @Body() { password, code }: EnrolDto): Promise<EnrolmentView> {
    refusePrograms(actor);
    await this.accounts.provePassword(actor.id, password);
    if ((await this.secondFactor.describe(actor.id)).isOn) {
      await this.prove(actor, code);
    }
    return this.secondFactor.begin(actor.id);
  }

  /** The answer is the only place where the codes are ever shown. */
  @Post('enrolment/code')
  @AnswerNotKept()
  confirm(@CurrentActor() actor: Actor, @Body() { code }: CodeDto): Promise<RecoveryCodesView> {
    refusePrograms(actor);
    return this.counted(actor, () => this.secondFactor.confirm(actor.id, code));
  }

  @Post('recovery-codes')
  @AnswerNotKept()
  async renew(@CurrentActor() actor: Actor, @Body() { password, code }: ProveDto): Promise<RecoveryCodesView> {
    refusePrograms(actor);
    await this.accounts.provePassword(actor.id, password);
    return this.counted(actor, () => this.secondFactor.renewCodes(actor.id, code));
  }

  @Post('end')
  @HttpCode(204)
  @AnswerNotKept()
  async turnOff(@CurrentActor() actor: Actor, @Body() { password, code }: ProveDto): Promise<void> {
    refusePrograms(actor);
    await this.accounts.provePassword(actor.id, password);
    await this.counted(actor, () => this.secondFactor.turnOff(actor.id, code));
  }

  private async prove(actor: Actor, code: string | undefined): Promise<void> {
    if (code === undefined) {
      throw invalid('code', 'Give a code of the authenticator that you have now.', 'code_needed');
    }
    await this.counted(actor, () => this.secondFactor.prove(actor.id, code));
  }

  private async counted<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    await this.limits.takeProof(actor.id, 'code');
    const done = await work();
    await this.limits.forgetProof(actor.id, 'code');
    return done;
  }
}
