import { Injectable } from '@nestjs/common';
import type { MeView, SignInStepView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { forbidden, unauthenticated } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Log } from '../../platform/operations/log.js';
import { AccountService } from '../accounts/account.service.js';
import { wrongCredentials, type ProvenPassword } from './password-check.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionService, sessionSeconds } from './session.service.js';
import { SignInSteps, type Admit } from './sign-in-steps.service.js';

/** One call, from its request to its answer. */
export interface Exchange {
  request: HubRequest;
  reply: HubReply;
}

/** Somebody whom a provider vouches for. */
export interface Vouched {
  agentId: string;
  /** They need no second step here. */
  isEnough: boolean;
  admit: Admit;
}

/** What becomes of somebody whose password, link or code was right, or whom a provider vouches for. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
    private readonly cookie: SessionCookie,
    private readonly steps: SignInSteps,
    private readonly log: Log,
  ) {}

  /** Signs in who needs to prove nothing more; everybody else gets no session, but a ticket for their next step. */
  async goOn(proven: ProvenPassword, exchange: Exchange): Promise<MeView | SignInStepView> {
    const admit: Admit = async (tx) => {
      await holdPassword(tx, proven);
      return null;
    };
    return this.goOnBy({ agentId: proven.agentId, isEnough: false, admit }, exchange);
  }

  /** The same for whom a provider vouches for. */
  async goOnBy({ agentId, isEnough, admit }: Vouched, exchange: Exchange): Promise<MeView | SignInStepView> {
    const step = isEnough ? null : await this.steps.begin(agentId, exchange.reply, admit);
    return step ?? this.begin(agentId, exchange, admit);
  }

  /**
   * Begins a session under a new token, sets its cookie, and says who is signed in; the session that the browser had before is ended,
   * whoever's it was. `admit` throws where the way in holds no longer: nobody changes a password or switches the account off between
   * that look and the session.
   */
  async begin(agentId: string, { request, reply }: Exchange, admit: Admit = async () => null): Promise<MeView> {
    const place = { userAgent: request.headers['user-agent'] ?? '', address: request.ip };
    const token = await this.database.transaction(async (tx) => {
      await enter(tx, agentId);
      return this.sessions.begin(tx, agentId, { ...place, providerId: await admit(tx) });
    });
    this.log.info('An agent signed in.', { agentId, ip: request.ip, requestId: request.id });
    await this.endFormer(request);
    void reply.header('set-cookie', this.cookie.write(token, sessionSeconds));
    return { ...(await this.accounts.get(agentId)), insecure: !this.cookie.isSecure };
  }

  private async endFormer({ headers }: HubRequest): Promise<void> {
    const token = this.cookie.read(headers.cookie);
    const former = token === null ? null : await this.sessions.resolve(token);
    if (former?.sessionId) {
      await this.sessions.end(former.id, { only: former.sessionId });
    }
  }
}

/** Holds the account until the session is there, so that whoever ends its sessions meanwhile ends this one too. */
async function enter(tx: Transaction, agentId: string): Promise<void> {
  const entered = await tx.query(
    'update agent set last_login_at = clock_timestamp() where id = $1 and disabled_at is null returning id',
    [agentId],
  );
  if (entered.length === 0) {
    throw unauthenticated();
  }
}

/** A password takes some time to be checked, and it may be another one by now. */
async function holdPassword(tx: Transaction, { agentId, passwordHash }: ProvenPassword): Promise<void> {
  const [held] = await tx.query<{ opens: boolean }>(
    `select a.keeps_password or r.passwords = 'everybody' as opens from agent a, sign_in_rule r
     where a.id = $1 and a.password_hash = $2 and a.disabled_at is null for no key update of a`,
    [agentId, passwordHash],
  );
  if (!held) {
    throw wrongCredentials();
  }
  if (!held.opens) {
    throw forbidden(
      'Your organisation signs in without passwords. Use its provider on the sign-in page.',
      'password_closed',
    );
  }
}
