import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Req } from '@nestjs/common';
import { HubConfig } from '#config';
import type { SignInCheckView, SignInProviderView, SignInSettingsView } from '#contract';
import { Database } from '../../database/database.js';
import type { HubRequest } from '../../platform/http/exchange.js';
import { AnswerNotKept } from '../../platform/http/idempotency-interceptor.js';
import { Access } from '../access-rule.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { refusePrograms } from '../refuse-programs.js';
import { ownAddress } from './own-address.js';
import { PasswordRule } from './password-rule.service.js';
import { ProviderCheck } from './provider-check.service.js';
import { listProviders } from './provider-rows.query.js';
import { ProviderSettings } from './provider-settings.service.js';
import { PasswordRuleDto, SignInCheckDto, SignInProviderDto } from './sign-in-settings.dto.js';

/** How everybody comes in is for administrators alone: whoever names a provider says who anybody is. */
@Controller('api/sign-in-settings')
@Access('admin')
export class SignInSettingsController {
  constructor(
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly providers: ProviderSettings,
    private readonly check: ProviderCheck,
    private readonly passwords: PasswordRule,
  ) {}

  @Get()
  async read(@Req() request: HubRequest): Promise<SignInSettingsView> {
    const address = ownAddress(this.config.publicUrl, request);
    return { providers: await listProviders(this.database), address, ...(await this.passwords.read()) };
  }

  @Put('passwords')
  async setPasswords(
    @CurrentActor() actor: Actor,
    @Body() rule: PasswordRuleDto,
    @Req() request: HubRequest,
  ): Promise<SignInSettingsView> {
    refusePrograms(actor);
    await this.passwords.write(actor, rule);
    return this.read(request);
  }

  /** Makes it or changes it. A secret in the call is kept sealed, and the call itself nowhere. */
  @Put('providers/:id')
  @AnswerNotKept()
  put(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() wish: SignInProviderDto,
  ): Promise<SignInProviderView> {
    refusePrograms(actor);
    return this.providers.put(actor, id, wish);
  }

  @Delete('providers/:id')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    refusePrograms(actor);
    await this.providers.remove(actor, id);
  }

  /** Looks at a provider now, as the form has it; it need not be saved. */
  @Post('providers/:id/check')
  @HttpCode(200)
  @AnswerNotKept()
  look(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() wish: SignInCheckDto,
    @Req() request: HubRequest,
  ): Promise<SignInCheckView> {
    refusePrograms(actor);
    return this.check.look(id, wish, ownAddress(this.config.publicUrl, request));
  }
}
