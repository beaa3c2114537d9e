import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessInventory } from './access-inventory.js';
import { GuardedAccess } from './access.js';
import { AccessGuard } from './access.guard.js';
import { AccountService } from './accounts/account.service.js';
import { MeController } from './accounts/me.controller.js';
import { PasswordHasher } from './accounts/password-hasher.js';
import { SetUpController } from './accounts/set-up.controller.js';
import { SetUpService } from './accounts/set-up.service.js';
import { ApiKeysController } from './keys/api-keys.controller.js';
import { ApiKeyService } from './keys/api-key.service.js';
import { Principals } from './principals.js';
import { LoginLimits } from './sessions/login-limits.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { SessionController } from './sessions/session.controller.js';
import { SessionService } from './sessions/session.service.js';
import { SignInService } from './sessions/sign-in.service.js';

const shared = [
  AccessInventory,
  ApiKeyService,
  GuardedAccess,
  PasswordHasher,
  Principals,
  SessionCookie,
  SessionService,
  SetUpService,
];

/** Who may come in, and as whom. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [ApiKeysController, MeController, SessionController, SetUpController],
  providers: [
    ...shared,
    AccountService,
    LoginLimits,
    SetUpService,
    SignInService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: shared,
})
export class AuthModule {}
