import { Injectable } from '@nestjs/common';
import type { AuditAction, OutreachState, OutreachView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database, type Transaction } from '../../../database/database.js';
import { conflict, invalid } from '../../../platform/errors/api-error.js';
import { OutreachSweeper } from '../sending/outreach.sweeper.js';
import { holdOutreach, OutreachSettings } from './outreach-settings.service.js';

/** What somebody can do with an outreach, and from which states. */
const mayFrom: Record<Step, OutreachState[]> = {
  schedule: ['draft'],
  withdraw: ['scheduled'],
  pause: ['scheduled', 'running'],
  resume: ['paused'],
  stop: ['scheduled', 'running', 'paused'],
};

export type Step = 'schedule' | 'withdraw' | 'pause' | 'resume' | 'stop';

/** When one that goes on has a round to finish it goes on with it; else it waits for the next one. */
const setters: Record<Step, string> = {
  schedule: `state = 'scheduled', next_at = greatest(coalesce(starts_at, clock_timestamp()), clock_timestamp())`,
  withdraw: `state = 'draft', next_at = null`,
  pause: `state = 'paused'`,
  resume: `state = case when exists (select 1 from outreach_round r where r.outreach_id = outreach.id and r.finished_at is null) then 'running' else 'scheduled' end,
           next_at = case when exists (select 1 from outreach_round r where r.outreach_id = outreach.id and r.finished_at is null) then null
                          else coalesce(next_at, clock_timestamp()) end`,
  stop: `state = 'stopped', next_at = null`,
};

const acts: Record<Step, AuditAction> = {
  schedule: 'outreach.scheduled',
  withdraw: 'outreach.withdrawn',
  pause: 'outreach.paused',
  resume: 'outreach.resumed',
  stop: 'outreach.stopped',
};

/** Moves outreach through its life: draft, scheduled, running, paused, done or stopped. */
@Injectable()
export class OutreachLife {
  constructor(
    private readonly database: Database,
    private readonly settings: OutreachSettings,
    private readonly sweeper: OutreachSweeper,
  ) {}

  /** Once a stop or a pause has returned, nobody further is written to. */
  async step(actor: Actor, id: string, step: Step): Promise<OutreachView> {
    await this.database.transaction(async (tx) => {
      const { state } = await holdOutreach(tx, id);
      if (!mayFrom[step].includes(state)) {
        throw conflict('outreach_state', `This cannot be done while it is ${state}.`);
      }
      if (step === 'schedule') {
        refuseUnfinished(await this.settings.get(id, tx));
      }
      await tx.query(
        `update outreach set ${setters[step]}, feeder = null, feeder_until = null, version = version + 1, changed_at = clock_timestamp() where id = $1`,
        [id],
      );
      await this.tell(tx, actor, id, step);
      tx.afterCommit(() => this.sweeper.wake());
    });
    return this.settings.get(id);
  }

  private async tell(tx: Transaction, actor: Actor, id: string, step: Step): Promise<void> {
    if (step === 'stop') {
      await tx.query(`insert into event_log (type, subject_id, actor_id) values ('outreach.stopped', $1, $2)`, [
        id,
        actor.id,
      ]);
    }
    await recordAct(tx, { actorId: actor.id, action: acts[step], subject: id });
  }
}

function refuseUnfinished({ channelIds, texts, repeats, coolDownDays }: OutreachView): void {
  if (channelIds.length === 0) {
    throw invalid('channelIds', 'Choose a channel first.', 'outreach_without_channel');
  }
  if (texts.en.body.trim() === '' && texts.fa.body.trim() === '') {
    throw invalid('texts', 'Write what is to be said first.', 'outreach_without_text');
  }
  if (repeats === 'daily' && coolDownDays === 0) {
    throw invalid(
      'coolDownDays',
      'What is sent every day needs days of rest for each person.',
      'outreach_without_rest',
    );
  }
}
