import { Injectable } from '@nestjs/common';
import type { AccountLinkView } from '#contract';
import {
  makeInvitation,
  makeResetLink,
  revokeLink,
  type LinkKind,
  type MadeLink,
} from '../../auth/accounts/account-links.js';
import { AccountMail } from '../../auth/accounts/account-mail.service.js';
import type { Actor } from '../../auth/actor.js';
import { refuseBeyond } from '../../auth/covers.js';
import { rightsColumns, type RightsRow } from '../../auth/read-actor.js';
import { recordAct } from '../../auth/record-act.js';
import { SecondFactor } from '../../auth/second-factor/second-factor.service.js';
import { SessionService } from '../../auth/sessions/session.service.js';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';

interface Owner extends RightsRow {
  id: string;
  email: string;
  name: string;
  locale: 'en' | 'fa';
  disabled: boolean;
  joined: boolean;
}

const makers = { invite: makeInvitation, reset: makeResetLink };
const actions = { invite: 'agent.invited', reset: 'agent.reset_link_made' } as const;

/**
 * How colleagues come into their accounts. Whoever runs the team can open the way in and never walks it: no password and no code is
 * chosen or seen here.
 */
@Injectable()
export class AgentAccess {
  constructor(
    private readonly database: Database,
    private readonly mail: AccountMail,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: SessionService,
    private readonly bus: EventBus,
  ) {}

  /** Makes the link anew: an older one holds no longer. */
  async invite(actor: Actor, id: string): Promise<AccountLinkView> {
    return this.makeLink(actor, id, 'invite');
  }

  async makeReset(actor: Actor, id: string): Promise<AccountLinkView> {
    return this.makeLink(actor, id, 'reset');
  }

  async revokeInvitation(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.lockOwner(tx, actor, id);
      if (!(await revokeLink(tx, id, 'invite'))) {
        throw conflict('no_invitation', 'No invitation of theirs is open.');
      }
      this.bus.emitAfterCommit(tx, 'team.changed', {});
      await recordAct(tx, { actorId: actor.id, action: 'agent.invitation_revoked', subject: id });
    });
  }

  /** For who lost their authenticator and their recovery codes. They are signed out everywhere: whoever has it may have more. */
  async resetSecondFactor(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.lockOwner(tx, actor, id);
      await this.secondFactor.clear(tx, id);
      await this.sessions.endIn(tx, id, { allBut: null });
      await recordAct(tx, { actorId: actor.id, action: 'agent.second_factor_reset', subject: id });
    });
  }

  private async makeLink(actor: Actor, id: string, kind: LinkKind): Promise<AccountLinkView> {
    const { owner, link } = await this.database.transaction(async (tx) => {
      const locked = await this.lockOwner(tx, actor, id);
      const made = await makers[kind](tx, id, actor.id);
      if (!made) {
        throw refusalOf(locked, kind);
      }
      await this.mail.keep(tx, made);
      await recordAct(tx, { actorId: actor.id, action: actions[kind], subject: id });
      return { owner: locked, link: made };
    });
    return this.passOn(kind, link, owner);
  }

  /** By mail where there is a mailbox, and in any case to whoever made it. */
  private async passOn(kind: LinkKind, link: MadeLink, owner: Owner): Promise<AccountLinkView> {
    const mailed = await this.mail.send(kind, link, owner);
    this.bus.emit('team.changed', {});
    return { link: this.mail.addressOf(link), expiresAt: link.expiresAt.toISOString(), mailed };
  }

  /** A way into an account is a way to all that it may do, so it is made by nobody who may do less, and by nobody for themselves. */
  private async lockOwner(tx: Transaction, actor: Actor, id: string): Promise<Owner> {
    const [owner] = await tx.query<Owner & Record<string, unknown>>(
      `select a.id, a.email, a.name, a.locale, ${rightsColumns}, a.disabled_at is not null as disabled, a.invited_at is null as joined
       from agent a where a.id = $1 for no key update of a`,
      [id],
    );
    if (!owner) {
      throw notFound('This agent');
    }
    if (id === actor.id) {
      throw conflict('own_account', 'Another administrator has to do this to your account.');
    }
    refuseBeyond(actor, { role: owner.role, ownRole: owner.own_role });
    return owner;
  }
}

function refusalOf({ disabled }: Owner, kind: LinkKind): Error {
  if (disabled) {
    return conflict('account_off', 'This account is switched off. Switch it on first.');
  }
  return kind === 'invite'
    ? conflict('already_joined', 'They have joined already.')
    : conflict('not_joined', 'They have not joined yet. Invite them again instead.');
}
