import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { makeResetLink } from './account-links.js';
import { foldEmail } from './account.service.js';
import { AccountMail, type Addressee } from './account-mail.service.js';

/** Who was just sent a link waits a little for the next: the form is open to everybody, and mailboxes are not there to be filled. */
const notLately = `
select a.id, a.email, a.name, a.locale from agent a
where a.email = $1 and a.disabled_at is null and a.invited_at is null
  and not exists (select 1 from account_link l where l.agent_id = a.id and l.kind = 'reset' and l.made_at > clock_timestamp() - interval '2 minutes')
for no key update of a`;

/** Sends links to those who forgot their password, after they were answered: what they are told, and when, depends on nothing here. */
@Injectable()
export class ForgottenPasswords implements OnModuleDestroy {
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly mail: AccountMail,
    private readonly log: Log,
  ) {}

  get canMail(): boolean {
    return this.mail.canMail;
  }

  begin(email: string): void {
    if (!this.canMail) {
      return;
    }
    const run = this.send(foldEmail(email))
      .catch((error: unknown) => this.log.warn('A link for a new password was not made.', { reason: String(error) }))
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.running);
  }

  private async send(email: string): Promise<void> {
    const made = await this.database.transaction(async (tx) => {
      const [owner] = await tx.query<Addressee & { id: string }>(notLately, [email]);
      const link = owner && (await makeResetLink(tx, owner.id));
      if (link) {
        await this.mail.keep(tx, link);
      }
      return owner && link ? { owner, link } : null;
    });
    if (made) {
      await this.mail.send('reset', made.link, made.owner);
    }
  }
}
