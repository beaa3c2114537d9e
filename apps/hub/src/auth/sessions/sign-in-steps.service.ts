import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { SignInStepView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { unauthenticated } from '../../platform/errors/api-error.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { SecondFactor } from '../second-factor/second-factor.service.js';
import { newToken, sha256 } from '../tokens.js';
import { SignInCookie, signInMinutes } from './sign-in-cookie.js';

type Kind = SignInStepView['step'];

/** Throws where the way in holds no longer; otherwise says which provider vouched for them, or null. */
export type Admit = (tx: Transaction) => Promise<string | null>;

/** What a page and the cookie of its browser hold together. Either alone opens nothing. */
export interface HeldTicket {
  ticket: string;
  browser: string;
}

const tries = 5;

const isHeld = 's.token_hash = $1 and s.browser_hash = $2';
const hashesOf = ({ ticket, browser }: HeldTicket): Buffer[] => [sha256(ticket), sha256(browser)];

/** Whoever set a second factor up meanwhile is asked for it: a sign-in from before must not put another in its place. */
const isOpen = `s.ended_at is null and s.expires_at > clock_timestamp() and s.tries < ${tries}
  and a.disabled_at is null and (s.kind = 'code' or a.totp_secret is null)`;

/** Sign-ins that were right so far, by a password or by a provider, and that ask for something more. A ticket opens no door but the next step. */
@Injectable()
export class SignInSteps {
  constructor(
    private readonly database: Database,
    private readonly secondFactor: SecondFactor,
    private readonly cookie: SignInCookie,
  ) {}

  /** Asks for what is still to be proven. Null: nothing is. */
  async begin(agentId: string, reply: HubReply, admit: Admit): Promise<SignInStepView | null> {
    const step = await this.secondFactor.stepOf(agentId);
    if (step === null) {
      return null;
    }
    const [ticket, browser] = [newToken(), newToken()];
    await this.database.transaction(async (tx) =>
      tx.query(
        `insert into sign_in_step (id, agent_id, token_hash, browser_hash, kind, expires_at, provider_id)
         values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 minute', $7)`,
        [uuid(), agentId, sha256(ticket), sha256(browser), step, signInMinutes, await admit(tx)],
      ),
    );
    void reply.code(202).header('set-cookie', this.cookie.write(ticket, browser));
    return { step, ticket };
  }

  hold({ headers }: HubRequest, ticket: string): HeldTicket {
    return { ticket, browser: this.cookie.read(headers.cookie, ticket) ?? '' };
  }

  /** Whose sign-in this is. Throws ApiError where it is over, or the account is off by now. */
  async read(held: HeldTicket, kind: Kind): Promise<string> {
    const [step] = await this.database.query<{ agent_id: string }>(
      `select s.agent_id from sign_in_step s join agent a on a.id = s.agent_id
       where ${isHeld} and s.kind = $3 and ${isOpen}`,
      [...hashesOf(held), kind],
    );
    return step?.agent_id ?? over();
  }

  /** Counts a try before the code is looked at, so that many at once are no more than their number. */
  async takeTry(held: HeldTicket, kind: Kind): Promise<string> {
    const [step] = await this.database.query<{ agent_id: string }>(
      `update sign_in_step s set tries = s.tries + 1 from agent a
       where ${isHeld} and s.kind = $3 and a.id = s.agent_id and ${isOpen} returning s.agent_id`,
      [...hashesOf(held), kind],
    );
    return step?.agent_id ?? over();
  }

  /** Ends a sign-in that got through; of several at once one did. Says by which provider it came. */
  async end(sql: Sql, held: HeldTicket): Promise<string | null> {
    const [ended] = await sql.query<{ provider_id: string | null }>(
      `update sign_in_step s set ended_at = clock_timestamp() where ${isHeld} and s.ended_at is null returning s.provider_id`,
      hashesOf(held),
    );
    return ended ? ended.provider_id : over();
  }

  forget({ ticket }: HeldTicket, reply: HubReply): void {
    void reply.header('set-cookie', this.cookie.clear(ticket));
  }
}

function over(): never {
  throw unauthenticated('This took too long or too many tries. Sign in again from the start.', 'sign_in_over');
}
