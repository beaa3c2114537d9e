import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import type { OutreachLimitsView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { diffOf } from '../../../auth/diff-of.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database } from '../../../database/database.js';
import { invalid } from '../../../platform/errors/api-error.js';

/** The most that one person gets, whoever of us has something to tell. */
@Injectable()
export class OutreachLimits {
  constructor(private readonly database: Database) {}

  async read(sql: Sql = this.database): Promise<OutreachLimitsView> {
    const [row] = await sql.query<OutreachLimitsView & Record<string, unknown>>(
      'select per_day as "perDay", per_week as "perWeek" from outreach_limits',
    );
    return row ?? { perDay: 1, perWeek: 3 };
  }

  async change(actor: Actor, { perDay, perWeek }: OutreachLimitsView): Promise<OutreachLimitsView> {
    if (perWeek < perDay) {
      throw invalid('perWeek', 'A week has room for as many as one of its days, at least.');
    }
    await this.database.transaction(async (tx) => {
      const before = await this.read(tx);
      await tx.query('update outreach_limits set per_day = $1, per_week = $2', [perDay, perWeek]);
      await recordAct(tx, {
        actorId: actor.id,
        action: 'outreach.limits_changed',
        subject: actor.id,
        details: { changes: diffOf({ ...before }, { perDay, perWeek }) },
      });
    });
    return { perDay, perWeek };
  }
}
