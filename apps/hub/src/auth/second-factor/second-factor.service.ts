import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { EnrolmentView, RecoveryCodesView, SecondFactorView } from '#contract';
import { Database, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { SecretBox, type SealedPlace } from '../../platform/secret-box.js';
import { SecretKeys } from '../../platform/secret-keys.js';
import { recordAct } from '../record-act.js';
import { readAccountRules } from './account-rules.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { findStep, newTotpSecret, totpUri } from './totp.js';

type Column = 'totp_secret' | 'totp_pending';

interface Kept {
  email: string;
  totp_secret: Buffer | null;
  totp_pending: Buffer | null;
}

const purpose = 'recovery codes';

/** What an agent has besides their password: an authenticator, and codes on paper for the day on which it is lost. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly keys: SecretKeys,
    private readonly events: EventBus,
  ) {}

  async describe(agentId: string): Promise<SecondFactorView> {
    const [row] = await this.database.query<{ since: Date | null; left: number }>(
      `select a.totp_since as since, (select count(*)::int from recovery_code r where r.agent_id = a.id and r.used_at is null) as left
       from agent a where a.id = $1`,
      [agentId],
    );
    const { secondFactor } = await readAccountRules(this.database);
    const since = row?.since ?? null;
    const isOn = since !== null;
    return {
      isOn,
      since: since?.toISOString() ?? null,
      recoveryCodes: isOn ? (row?.left ?? 0) : 0,
      isRequired: secondFactor === 'everybody',
    };
  }

  /** What is asked of whoever signs in with the right password; null: nothing more. */
  async stepOf(agentId: string): Promise<'code' | 'enrol' | null> {
    const { isOn, isRequired } = await this.describe(agentId);
    return isOn ? 'code' : isRequired ? 'enrol' : null;
  }

  /** Makes a secret that counts once its first code was shown. What is on until then stays on. */
  async begin(agentId: string): Promise<EnrolmentView> {
    const secret = newTotpSecret();
    const [row] = await this.database.query<{ email: string }>(
      'update agent set totp_pending = $2 where id = $1 returning email',
      [agentId, this.box.seal(secret, placeOf(agentId, 'totp_pending'))],
    );
    return { secret, uri: totpUri(secret, row?.email ?? '') };
  }

  /** The first code of a new secret: from now on it is asked for. Throws ApiError. */
  async confirm(agentId: string, code: string, now = Date.now()): Promise<RecoveryCodesView> {
    return this.database.transaction(async (tx) => {
      const kept = await lockKept(tx, agentId);
      if (!kept?.totp_pending) {
        throw conflict('no_enrolment', 'Begin again: nothing waits for a code any more.');
      }
      const secret = this.box.open(kept.totp_pending, placeOf(agentId, 'totp_pending'));
      const step = findStep(secret, digitsOf(code), now);
      if (step === null) {
        throw wrongCode();
      }
      await tx.query(
        `update agent set totp_secret = $2, totp_pending = null, totp_since = clock_timestamp(), totp_step = $3 where id = $1`,
        [agentId, this.box.seal(secret, placeOf(agentId, 'totp_secret')), step],
      );
      const codes = await this.writeCodes(tx, agentId);
      this.tellIn(tx, agentId);
      await recordAct(tx, { actorId: agentId, action: 'account.second_factor_on', subject: agentId });
      return { codes };
    });
  }

  /** Takes a code of the authenticator or one from paper; each holds once. Throws ApiError for any other. */
  async prove(agentId: string, code: string, now = Date.now()): Promise<void> {
    await this.database.transaction((tx) => this.proveIn(tx, agentId, { code, now }));
  }

  async turnOff(agentId: string, code: string): Promise<void> {
    const { secondFactor } = await readAccountRules(this.database);
    if (secondFactor === 'everybody') {
      throw conflict('second_factor_required', 'Everybody here has a second factor. You can set it up anew instead.');
    }
    await this.database.transaction(async (tx) => {
      await this.proveIn(tx, agentId, { code, now: Date.now() });
      await this.clear(tx, agentId);
      await recordAct(tx, { actorId: agentId, action: 'account.second_factor_off', subject: agentId });
    });
  }

  /** New codes for the paper; the old ones are worth nothing from then on. */
  async renewCodes(agentId: string, code: string): Promise<RecoveryCodesView> {
    return this.database.transaction(async (tx) => {
      await this.proveIn(tx, agentId, { code, now: Date.now() });
      const codes = await this.writeCodes(tx, agentId);
      await recordAct(tx, { actorId: agentId, action: 'account.recovery_codes_made', subject: agentId });
      return { codes };
    });
  }

  /** Takes it off the account, codes and all. */
  async clear(tx: Transaction, agentId: string): Promise<void> {
    await tx.query(
      'update agent set totp_secret = null, totp_pending = null, totp_since = null, totp_step = 0 where id = $1',
      [agentId],
    );
    await tx.query('delete from recovery_code where agent_id = $1', [agentId]);
    this.tellIn(tx, agentId);
  }

  private async proveIn(tx: Transaction, agentId: string, { code, now }: { code: string; now: number }): Promise<void> {
    const kept = await lockKept(tx, agentId);
    if (!kept?.totp_secret) {
      throw conflict('no_second_factor', 'This account has no second factor.');
    }
    const digits = digitsOf(code);
    const isGood = /^\d{6}$/.test(digits)
      ? await this.takeStep(tx, agentId, findStep(this.open(agentId, kept.totp_secret), digits, now))
      : await this.takeRecoveryCode(tx, agentId, code);
    if (!isGood) {
      throw wrongCode();
    }
  }

  private open(agentId: string, sealed: Buffer): string {
    return this.box.open(sealed, placeOf(agentId, 'totp_secret'));
  }

  /** A code that was taken once, and every older one, is worth nothing. */
  private async takeStep(tx: Sql, agentId: string, step: number | null): Promise<boolean> {
    const taken = await tx.query('update agent set totp_step = $2 where id = $1 and totp_step < $2 returning id', [
      agentId,
      step ?? 0,
    ]);
    return step !== null && taken.length > 0;
  }

  private async takeRecoveryCode(tx: Sql, agentId: string, code: string): Promise<boolean> {
    const hashes = this.keys.deriveAll(purpose).map((key) => hashRecoveryCode(key, agentId, code));
    const taken = await tx.query(
      `update recovery_code set used_at = clock_timestamp() where agent_id = $1 and code_hash = any ($2::bytea[]) and used_at is null returning 1`,
      [agentId, hashes],
    );
    if (taken.length === 0) {
      return false;
    }
    await recordAct(tx, { actorId: agentId, action: 'account.recovery_code_used', subject: agentId });
    return true;
  }

  private async writeCodes(tx: Sql, agentId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    const key = this.keys.derive(purpose);
    await tx.query('delete from recovery_code where agent_id = $1', [agentId]);
    await tx.query('insert into recovery_code (agent_id, code_hash) select $1, unnest($2::bytea[])', [
      agentId,
      codes.map((code) => hashRecoveryCode(key, agentId, code)),
    ]);
    return codes;
  }

  private tellIn(tx: Transaction, agentId: string): void {
    this.events.emitAfterCommit(tx, 'account.changed', { agentId });
  }
}

async function lockKept(tx: Sql, agentId: string): Promise<Kept | undefined> {
  const [kept] = await tx.query<Kept & Record<string, unknown>>(
    'select email, totp_secret, totp_pending from agent where id = $1 for no key update',
    [agentId],
  );
  return kept;
}

function placeOf(row: string, column: Column): SealedPlace {
  return { table: 'agent', row, column };
}

/** As programs show it, "123 456", and as a Persian keyboard types it. */
function digitsOf(code: string): string {
  return code.replace(/[۰-۹٠-٩]/gu, (digit) => String((digit.codePointAt(0) ?? 0) % 16)).replace(/\s/g, '');
}

function wrongCode(): Error {
  return invalid('code', 'This code does not hold. Take the one that is shown now; each works once.', 'wrong_code');
}
