import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ApiError } from '../../platform/errors/api-error.js';
import { foldEmail } from '../accounts/account.service.js';
import { PasswordHasher } from '../accounts/password-hasher.js';
import { LoginLimits } from './login-limits.js';

export interface Credentials {
  email: string;
  password: string;
}

/** A password that was right, and the hash by which it was: it opens nothing once the account has another. */
export interface ProvenPassword {
  agentId: string;
  passwordHash: string;
}

export function wrongCredentials(): Error {
  return new ApiError(401, 'wrong_credentials', 'The e-mail address or the password is wrong.');
}

/** Passwords at the door: one answer for a wrong one, an unknown address and a disabled account, in one time. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly limits: LoginLimits,
  ) {}

  /** The account these credentials open. Throws ApiError. */
  async check(ip: string, credentials: Credentials): Promise<ProvenPassword> {
    const email = foldEmail(credentials.email);
    await this.limits.take(ip, email);
    const [row] = await this.database.query<{ id: string; password_hash: string | null }>(
      'select id, password_hash from agent where email = $1 and disabled_at is null',
      [email],
    );
    const passwordHash = row?.password_hash ?? null;
    const isRight = await this.hasher.matches(credentials.password, passwordHash);
    if (!row || passwordHash === null || !isRight) {
      throw wrongCredentials();
    }
    await this.limits.forget(ip, email);
    return { agentId: row.id, passwordHash };
  }
}
