import { Injectable } from '@nestjs/common';
import type { OpenedLinkView } from '#contract';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { recordAct } from '../record-act.js';
import type { ProvenPassword } from '../sessions/password-check.service.js';
import { SessionService } from '../sessions/session.service.js';
import { describeLink, findLink, refusalOf, setPassword, useLink, type LinkKind } from './account-links.js';
import { checkPassword } from './check-password.js';
import { PasswordHasher } from './password-hasher.js';

/** What somebody chooses who joins. */
export interface Joining {
  name: string;
  password: string;
  /** null: as it was meant for them. */
  locale: 'en' | 'fa' | null;
}

/** One-time links being opened: nobody but the owner of an account ever chooses its password. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly events: EventBus,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('account-links', () =>
      database.query(`delete from account_link where expires_at < clock_timestamp() - interval '30 days'`),
    );
  }

  describe(token: string): Promise<OpenedLinkView> {
    return describeLink(this.database, token);
  }

  /** Throws ApiError. */
  async join(token: string, { name, password, locale }: Joining): Promise<ProvenPassword> {
    const passwordHash = await this.hash({ token, kind: 'invite', password, name });
    return this.database.transaction(async (tx) => {
      const agentId = await useLink(tx, token, 'invite');
      await tx.query(
        `update agent set name = $2, password_hash = $3, locale = coalesce($4, locale), invited_at = null, version = version + 1 where id = $1`,
        [agentId, name, passwordHash, locale],
      );
      this.events.emitAfterCommit(tx, 'team.changed', {});
      await recordAct(tx, { actorId: agentId, action: 'account.joined', subject: agentId });
      return { agentId, passwordHash };
    });
  }

  /** Sets a new password and ends every session of the account. Its second factor stays as it is. Throws ApiError. */
  async reset(token: string, password: string): Promise<void> {
    const passwordHash = await this.hash({ token, kind: 'reset', password });
    await this.database.transaction(async (tx) => {
      const agentId = await useLink(tx, token, 'reset');
      await setPassword(tx, agentId, passwordHash);
      await this.sessions.endIn(tx, agentId, { allBut: null });
      await recordAct(tx, { actorId: agentId, action: 'account.password_reset', subject: agentId });
    });
  }

  /** Looks at the link before it hashes anything, so that guessing at links costs the hub nothing. */
  private async hash(wish: { token: string; kind: LinkKind; password: string; name?: string }): Promise<string> {
    const link = await findLink(this.database, wish.token);
    if (link?.state !== 'good' || link.kind !== wish.kind) {
      throw refusalOf(link?.state);
    }
    checkPassword(wish.password, { email: link.email, name: wish.name ?? link.name });
    return this.hasher.hash(wish.password);
  }
}
