import { Injectable } from '@nestjs/common';
import type { MeView, SignInStepView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { unauthenticated } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Log } from '../../platform/operations/log.js';
import { AccountService } from '../accounts/account.service.js';
import { SecondFactor } from '../second-factor/second-factor.service.js';
import { wrongCredentials, type ProvenPassword } from './password-check.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionService, sessionSeconds } from './session.service.js';
import { beginStep } from './sign-in-steps.js';

/** One call, from its request to its answer. */
export interface Exchange {
  request: HubRequest;
  reply: HubReply;
}

/** What becomes of somebody whose password, link or code was right. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
    private readonly cookie: SessionCookie,
    private readonly secondFactor: SecondFactor,
    private readonly log: Log,
  ) {}

  /** Signs in who needs to prove nothing more; everybody else gets no session, but a ticket for their next step. */
  async goOn(proven: ProvenPassword, exchange: Exchange): Promise<MeView | SignInStepView> {
    const step = await this.secondFactor.stepOf(proven.agentId);
    if (step === null) {
      return this.begin(proven.agentId, exchange, (tx) => holdPassword(tx, proven));
    }
    const begun = await this.database.transaction(async (tx) => {
      await holdPassword(tx, proven);
      return beginStep(tx, proven.agentId, step);
    });
    void exchange.reply.code(202);
    return begun;
  }

  /**
   * Begins a session under a new token, sets its cookie, and says who is signed in; the session that the browser had before is ended,
   * whoever's it was. `admit` throws where the way in holds no longer: nobody changes a password or switches the account off between
   * that look and the session.
   */
  async begin(
    agentId: string,
    { request, reply }: Exchange,
    admit: (tx: Transaction) => Promise<void> = async () => undefined,
  ): Promise<MeView> {
    const place = { userAgent: request.headers['user-agent'] ?? '', address: request.ip };
    const token = await this.database.transaction(async (tx) => {
      await enter(tx, agentId);
      await admit(tx);
      return this.sessions.begin(tx, agentId, place);
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
  const held = await tx.query(
    'select 1 from agent where id = $1 and password_hash = $2 and disabled_at is null for no key update',
    [agentId, passwordHash],
  );
  if (held.length === 0) {
    throw wrongCredentials();
  }
}
