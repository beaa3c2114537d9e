import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { SignInSettingsView, SignInWaysView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { invalid } from '../../platform/errors/api-error.js';
import type { Actor } from '../actor.js';
import { diffOf } from '../diff-of.js';
import { recordAct } from '../record-act.js';
import { explainLastWayIn } from './last-way-in.js';
import type { PasswordRuleDto } from './sign-in-settings.dto.js';

type Rule = Pick<SignInSettingsView, 'passwords' | 'administrators'>;

export async function readPasswords(sql: Sql): Promise<SignInWaysView['passwords']> {
  const [row] = await sql.query<{ passwords: SignInWaysView['passwords'] }>('select passwords from sign_in_rule');
  return row?.passwords ?? 'everybody';
}

/** Who may sign in by password. That one administrator always can, and everybody else has a provider, is held by the database. */
@Injectable()
export class PasswordRule {
  constructor(private readonly database: Database) {}

  async read(sql: Sql = this.database): Promise<Rule> {
    const administrators = await sql.query<Rule['administrators'][number] & Record<string, unknown>>(
      `select id, name, email, password_hash is not null as "hasPassword", keeps_password as "keepsPassword" from agent
       where role = 'admin' and disabled_at is null order by name, id`,
    );
    return { passwords: await readPasswords(sql), administrators };
  }

  async write(actor: Actor, { passwords, keepPassword }: PasswordRuleDto): Promise<void> {
    await this.database
      .transaction(async (tx) => {
        await holdAdministrators(tx, keepPassword);
        const before = told(await this.read(tx));
        // Whichever is the looser comes first: the database looks at each.
        const steps = [
          () => tx.query('update sign_in_rule set passwords = $1', [passwords]),
          () => keep(tx, keepPassword),
        ];
        for (const step of passwords === 'everybody' ? steps : steps.toReversed()) {
          await step();
        }
        if (passwords === 'some') {
          await endHalfDone(tx);
        }
        const details = { changes: diffOf(before, told(await this.read(tx))) };
        await recordAct(tx, { actorId: actor.id, action: 'sign-in-rule.changed', subject: 'accounts', details });
      })
      .catch(explainLastWayIn);
  }
}

/** Accounts are held before the rule, as by whoever switches one of them off. */
async function holdAdministrators(tx: Transaction, agentIds: string[]): Promise<void> {
  const held = await tx.query(
    `select id from agent where keeps_password or (id = any ($1::uuid[]) and role = 'admin' and disabled_at is null)
     order by id for no key update`,
    [agentIds],
  );
  const known = new Set(held.map(({ id }) => id));
  if (agentIds.some((id) => !known.has(id))) {
    throw invalid('keepPassword', 'Only administrators keep their passwords.');
  }
}

async function keep(tx: Transaction, agentIds: string[]): Promise<void> {
  await tx.query(
    `update agent set keeps_password = not keeps_password
     where keeps_password <> (id = any ($1::uuid[])) and (keeps_password or id = any ($1::uuid[]))`,
    [agentIds],
  );
}

/** Sign-ins whose password was right and that wait for their second step. */
async function endHalfDone(tx: Transaction): Promise<void> {
  await tx.query(
    `update sign_in_step s set ended_at = clock_timestamp() from agent a
     where a.id = s.agent_id and s.ended_at is null and s.provider_id is null and not a.keeps_password`,
  );
}

function told({ passwords, administrators }: Rule): Record<string, unknown> {
  const keepPassword = administrators.filter(({ keepsPassword }) => keepsPassword).map(({ id }) => id);
  return { passwords, keepPassword };
}
