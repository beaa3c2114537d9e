import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DateTime } from 'luxon';
import { ChannelError, type EmailSettings } from '#channels';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { may } from '../../../auth/permissions.js';
import { readActor } from '../../../auth/read-actor.js';
import { Database, isAway } from '../../../database/database.js';
import { Log } from '../../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../../platform/operations/rounds.js';
import { SharedLook } from '../../../platform/operations/shared-look.js';
import { dressOf } from '../../../settings/brand/brand.js';
import { Brands } from '../../../settings/brand/brands.service.js';
import { ChannelDirectory } from '../../../settings/channel-directory.service.js';
import { readQuestion } from '../questions/read-question.js';
import { lastWhole } from '../questions/report-periods.js';
import { reportScope } from '../questions/report-scope.js';
import { ReportAnswers } from '../questions/reports.service.js';
import { markDue } from './mark-due.js';
import { reportMail } from './report-mail.js';
import { scheduleRows, type ScheduleRow } from './schedules.service.js';

const pollMs = 15_000;
const mostAttempts = 5;

/** A lease: a report takes seconds, a mail server at worst a minute or two. */
const claim = `
update report_sending set attempts = attempts + 1, due_at = clock_timestamp() + interval '5 minutes'
where id = (select id from report_sending where state = 'due' and due_at <= clock_timestamp() order by due_at limit 1 for update skip locked)
returning id, schedule_id, for_at, attempts`;

interface Sending {
  id: string;
  schedule_id: string;
  for_at: Date;
  attempts: number;
}

/** Why a report cannot be sent, as its owner is told. `isFinal`: another try would say the same. */
class NotSent extends Error {
  constructor(
    readonly code: string,
    readonly isFinal: boolean,
  ) {
    super(code);
  }
}

/** Mails reports when they are due: rows on the database's clock, so what a crash or an outage left is sent by the next look. */
@Injectable()
export class ScheduleSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.lookOnce());

  constructor(
    private readonly database: Database,
    private readonly answers: ReportAnswers,
    private readonly channels: ChannelDirectory,
    private readonly brands: Brands,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.rounds = startRounds(pollMs, () => this.look(), 'report-mails');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Somebody waits for one: it is looked for at once, where this node looks at all. */
  wake(): void {
    if (this.rounds !== null) {
      void this.look();
    }
  }

  /** Sends everything that is due; calls during a look share the next. Never rejects. */
  look(): Promise<void> {
    return this.looks.take();
  }

  private async lookOnce(): Promise<void> {
    try {
      await this.database.transaction(markDue);
      for (let isBehind = true; isBehind;) {
        isBehind = await this.sendNext();
      }
    } catch (error) {
      if (isAway(error)) {
        this.log.debug('Scheduled reports wait for the database.', { reason: String(error) });
      } else {
        this.log.error('A look at scheduled reports failed.', error);
      }
    }
  }

  /** Whether there was one. */
  private async sendNext(): Promise<boolean> {
    const [sending] = await this.database.query<Sending & Record<string, unknown>>(claim);
    if (!sending) {
      return false;
    }
    failpoint('report-mail.after-claim');
    const failure = await this.send(sending).then(
      () => null,
      (error: unknown) => this.reasonOf(error),
    );
    failpoint('report-mail.after-send');
    await this.settle(sending, failure);
    return true;
  }

  private async send({ id, schedule_id: scheduleId, for_at: forAt }: Sending): Promise<void> {
    const [row] = await this.database.query<ScheduleRow & Record<string, unknown>>(`${scheduleRows} where s.id = $1`, [
      scheduleId,
    ]);
    if (!row) {
      throw new NotSent('gone', true);
    }
    const channel = this.channels.find(row.channel_id);
    if (channel?.kind !== 'email' || !channel.enabled || channel.problem !== null) {
      throw new NotSent('mailbox_off', false);
    }
    const question = await this.questionOf(row, forAt);
    const view = await this.answers.answer(question, { isAwaited: false });
    const { name, addresses, locale } = row;
    const dress = dressOf(this.brands.now);
    const mail = { id, name, addresses, locale, calendar: question.calendar, view, dress };
    await channel.adapter.send?.(reportMail(mail, channel.account.settings as EmailSettings), channel.account);
  }

  private async questionOf(row: ScheduleRow, forAt: Date): Promise<ReturnType<typeof readQuestion>> {
    const owner = await readActor(this.database, row.owner_id);
    if (owner === null || !may(owner, 'reports.read')) {
      throw new NotSent('no_right', true);
    }
    const today = DateTime.fromJSDate(forAt, { zone: row.zone }).toISODate() as string;
    const calendar = row.query.calendar ?? 'gregorian';
    const period = lastWhole(today, row.every, calendar);
    const wish = { compare: 'none' as const, ...row.query, calendar, ...period, zone: row.zone };
    return readQuestion(row.report, wish, await reportScope(this.database, owner));
  }

  private reasonOf(error: unknown): NotSent {
    if (isAway(error)) {
      throw error;
    }
    if (error instanceof NotSent) {
      return error;
    }
    if (error instanceof ChannelError) {
      return new NotSent(error.message, error.retry === 'never');
    }
    this.log.error('A scheduled report could not be made.', error);
    return new NotSent('failed', false);
  }

  private async settle({ id, schedule_id: scheduleId, attempts }: Sending, failure: NotSent | null): Promise<void> {
    const isOver = failure === null || failure.isFinal || attempts >= mostAttempts;
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update report_sending
         set state = case when not $2 then 'due' when $3::text is null then 'sent' else 'failed' end, why = coalesce($3, ''),
             ended_at = case when $2 then clock_timestamp() end,
             due_at = case when $2 then due_at else clock_timestamp() + make_interval(mins => (2 ^ attempts)::int) end
         where id = $1 and state = 'due'`,
        [id, isOver, failure?.message ?? null],
      );
      await tx.query(
        `update report_schedule set last_problem = $2, last_sent_at = case when $2::text is null then clock_timestamp() else last_sent_at end
         where id = $1`,
        [scheduleId, failure?.message ?? null],
      );
    });
  }
}
