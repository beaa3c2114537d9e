import { Injectable } from '@nestjs/common';
import type { MeView } from '#contract';
import { Database } from '../../database/database.js';
import { ApiError } from '../../platform/errors/api-error.js';
import type { HubReply } from '../../platform/http/exchange.js';
import { AccountService, foldEmail } from '../accounts/account.service.js';
import { PasswordHasher } from '../accounts/password-hasher.js';
import { LoginLimits } from './login-limits.js';
import { SessionCookie } from './session-cookie.js';
import { SessionService, sessionSeconds } from './session.service.js';

export interface Credentials {
  email: string;
  password: string;
}

/** Signing in: one answer for a wrong password, an unknown address and a disabled account, in one time. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly limits: LoginLimits,
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
    private readonly cookie: SessionCookie,
  ) {}

  /** The account these credentials open. Throws ApiError. */
  async check(ip: string, credentials: Credentials): Promise<string> {
    const email = foldEmail(credentials.email);
    await this.limits.take(ip, email);
    const [row] = await this.database.query<{ id: string; password_hash: string | null }>(
      'select id, password_hash from agent where email = $1 and disabled_at is null',
      [email],
    );
    const isRight = await this.hasher.matches(credentials.password, row?.password_hash ?? null);
    if (!row || !isRight) {
      throw new ApiError(401, 'wrong_credentials', 'The e-mail address or the password is wrong.');
    }
    await this.limits.forget(ip, email);
    return row.id;
  }

  /** Begins a session under a new token, sets its cookie, and says who is signed in. */
  async begin(agentId: string, reply: HubReply): Promise<MeView> {
    const token = await this.sessions.begin(this.database, agentId);
    await this.database.query('update agent set last_login_at = clock_timestamp() where id = $1', [agentId]);
    void reply.header('set-cookie', this.cookie.write(token, sessionSeconds));
    return { ...(await this.accounts.get(agentId)), insecure: !this.cookie.isSecure };
  }
}
