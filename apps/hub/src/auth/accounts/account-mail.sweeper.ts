import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SharedLook } from '../../platform/operations/shared-look.js';
import type { LinkKind } from './account-links.js';
import { AccountMail, mostTries, patience, type Addressee } from './account-mail.service.js';

const lookMs = 5_000;

/** The next mail that is due, of a link that still holds. It is looked at again if nobody says how it went. */
const claim = `
update account_link l set unsent_at = clock_timestamp() + ${patience}, unsent_tries = unsent_tries + 1 from agent a
where a.id = l.agent_id and l.id = (
  select d.id from account_link d where d.unsent_at <= clock_timestamp() and d.expires_at > clock_timestamp() and d.unsent_tries < ${mostTries}
  order by d.unsent_at limit 1 for update skip locked)
returning l.id, l.kind, l.unsent, a.email, a.name, a.locale`;

/** Nobody says any more how the last try went, or the link is over. */
const forgetOver = `
update account_link set unsent = null, unsent_at = null
where unsent_at is not null and (expires_at <= clock_timestamp() or (unsent_tries >= ${mostTries} and unsent_at <= clock_timestamp()))`;

interface Due extends Addressee {
  id: string;
  kind: LinkKind;
  unsent: Buffer;
}

/** Sends links whose mail did not leave: a mail server that was away for a moment keeps nobody out. */
@Injectable()
export class AccountMailSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.sendAll());

  constructor(
    private readonly database: Database,
    private readonly mail: AccountMail,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.rounds = startRounds(lookMs, () => this.look(), 'account-mails');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Sends what is due, one after another; calls during a look share the next. */
  look(): Promise<void> {
    return this.looks.take();
  }

  private async sendAll(): Promise<void> {
    await this.database.query(forgetOver);
    for (let isMore = this.mail.canMail; isMore;) {
      isMore = await this.sendNext();
    }
  }

  private async sendNext(): Promise<boolean> {
    const [due] = await this.database.query<Due & Record<string, unknown>>(claim);
    if (due) {
      await this.sendOne(due);
    }
    return due !== undefined;
  }

  private async sendOne({ id, kind, unsent, ...owner }: Due): Promise<void> {
    try {
      await this.mail.send(kind, { id, path: this.mail.open(id, unsent) }, owner);
    } catch (error) {
      // Sealed with a key that is not here any more: nobody will ever read it.
      this.log.warn('A link to an account could not be read to be sent again.', { reason: String(error) });
      await this.database.query('update account_link set unsent = null, unsent_at = null where id = $1', [id]);
    }
  }
}
