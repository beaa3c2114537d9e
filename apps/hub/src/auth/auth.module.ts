import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessInventory } from './access-inventory.js';
import { GuardedAccess } from './access.js';
import { AccessGuard } from './access.guard.js';
import { AccountLinksController } from './accounts/account-links.controller.js';
import { AccountLinks } from './accounts/account-links.service.js';
import { AccountMail } from './accounts/account-mail.service.js';
import { AccountMailSweeper } from './accounts/account-mail.sweeper.js';
import { AccountService } from './accounts/account.service.js';
import { ForgottenPasswords } from './accounts/forgotten-passwords.service.js';
import { MeController } from './accounts/me.controller.js';
import { PasswordHasher } from './accounts/password-hasher.js';
import { SetUpController } from './accounts/set-up.controller.js';
import { SetUpService } from './accounts/set-up.service.js';
import { ApiKeysController } from './keys/api-keys.controller.js';
import { AllApiKeysController } from './keys/all-api-keys.controller.js';
import { ApiKeyService } from './keys/api-key.service.js';
import { OwnIdentitiesController } from './oidc/own-identities.controller.js';
import { PasswordRule } from './oidc/password-rule.service.js';
import { ProviderAccounts } from './oidc/provider-accounts.service.js';
import { ProviderCheck } from './oidc/provider-check.service.js';
import { ProviderClient } from './oidc/provider-client.service.js';
import { ProviderSettings } from './oidc/provider-settings.service.js';
import { ProviderSignIn } from './oidc/provider-sign-in.service.js';
import { SignInController } from './oidc/sign-in.controller.js';
import { SignInSettingsController } from './oidc/sign-in-settings.controller.js';
import { Principals } from './principals.js';
import { SecurityLog } from './security-log.service.js';
import { AccountRulesController } from './second-factor/account-rules.controller.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactor } from './second-factor/second-factor.service.js';
import { LoginLimits } from './sessions/login-limits.js';
import { OwnSessionsController } from './sessions/own-sessions.controller.js';
import { PasswordCheck } from './sessions/password-check.service.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { SessionController } from './sessions/session.controller.js';
import { SessionService } from './sessions/session.service.js';
import { SignInStepsController } from './sessions/sign-in-steps.controller.js';
import { SignInCookie } from './sessions/sign-in-cookie.js';
import { SignInSteps } from './sessions/sign-in-steps.service.js';
import { SignInService } from './sessions/sign-in.service.js';

const shared = [
  AccessInventory,
  AccountMail,
  AccountService,
  ApiKeyService,
  GuardedAccess,
  PasswordHasher,
  Principals,
  SecondFactor,
  SecurityLog,
  SessionCookie,
  SessionService,
  SetUpService,
];

/** Who may come in, and as whom. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [
    AccountLinksController,
    AccountRulesController,
    AllApiKeysController,
    ApiKeysController,
    MeController,
    OwnIdentitiesController,
    OwnSessionsController,
    SecondFactorController,
    SessionController,
    SetUpController,
    SignInController,
    SignInSettingsController,
    SignInStepsController,
  ],
  providers: [
    ...shared,
    AccountLinks,
    AccountMailSweeper,
    SignInCookie,
    SignInSteps,
    ForgottenPasswords,
    LoginLimits,
    PasswordCheck,
    PasswordRule,
    ProviderAccounts,
    ProviderCheck,
    ProviderClient,
    ProviderSettings,
    ProviderSignIn,
    SetUpService,
    SignInService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: shared,
})
export class AuthModule {}
