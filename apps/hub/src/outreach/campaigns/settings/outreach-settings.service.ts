import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { OutreachState, OutreachView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { recordSettings } from '../../../auth/record-settings.js';
import { settingsRow } from '../../../auth/settings-row.js';
import { Database, type Transaction } from '../../../database/database.js';
import { ReplyTrials } from '../../../desk/canned-replies/reply-trials.service.js';
import { conflict, invalid, notFound } from '../../../platform/errors/api-error.js';
import type { ChangeOutreachDto, NewOutreachDto, OutreachTextsDto } from './outreach.dto.js';

const text = (locale: 'en' | 'fa') =>
  `jsonb_build_object('subject', coalesce(o.texts #>> '{${locale},subject}', ''), 'body', coalesce(o.texts #>> '{${locale},body}', ''))`;

const view = `
select o.id, o.name, o.version, o.state, o.purpose, o.consent, o.segment_id as "segmentId",
       jsonb_build_object('en', ${text('en')}, 'fa', ${text('fa')}) as texts, o.channel_ids as "channelIds",
       o.own_channel_first as "ownChannelFirst", (select coalesce(q.moved_to, q.id) from queue q where q.id = o.queue_id) as "queueId",
       o.repeats, o.starts_at as "startsAt", o.cool_down_days as "coolDownDays", o.hours, o.from_minute as "fromMinute",
       o.to_minute as "toMinute", o.calendar_id as "calendarId", o.hold_out_percent as "holdOutPercent", o.per_minute as "perMinute",
       o.answer_days as "answerDays", o.round, o.next_at as "nextAt", o.created_at as "createdAt", o.changed_at as "changedAt"
from outreach o`;

type Field = Exclude<keyof ChangeOutreachDto, 'version'>;

/** Columns that a change sets, by the field of the DTO. */
const columns: Record<Field, string> = {
  name: 'name',
  purpose: 'purpose',
  consent: 'consent',
  segmentId: 'segment_id',
  texts: 'texts',
  channelIds: 'channel_ids',
  ownChannelFirst: 'own_channel_first',
  queueId: 'queue_id',
  repeats: 'repeats',
  startsAt: 'starts_at',
  coolDownDays: 'cool_down_days',
  hours: 'hours',
  fromMinute: 'from_minute',
  toMinute: 'to_minute',
  calendarId: 'calendar_id',
  holdOutPercent: 'hold_out_percent',
  perMinute: 'per_minute',
  answerDays: 'answer_days',
};

/** What may still change once people were written to: how fast, where answers go, and what it is called. */
const changeableLater: ReadonlySet<Field> = new Set(['name', 'perMinute', 'queueId', 'answerDays']);

type Row = Omit<OutreachView, 'startsAt' | 'nextAt' | 'createdAt' | 'changedAt'> & {
  startsAt: Date | null;
  nextAt: Date | null;
  createdAt: Date;
  changedAt: Date;
};

/** What administrators set up to be told to many. */
@Injectable()
export class OutreachSettings {
  constructor(
    private readonly database: Database,
    private readonly trials: ReplyTrials,
  ) {}

  async list(): Promise<OutreachView[]> {
    const rows = await this.database.query<Row & Record<string, unknown>>(
      `${view} order by o.created_at desc, o.id desc`,
    );
    return rows.map(viewOf);
  }

  async get(id: string, sql: Sql = this.database): Promise<OutreachView> {
    const [row] = await sql.query<Row & Record<string, unknown>>(`${view} where o.id = $1`, [id]);
    if (!row) {
      throw notFound('This outreach');
    }
    return viewOf(row);
  }

  async create(actor: Actor, wish: NewOutreachDto): Promise<OutreachView> {
    const id = uuid();
    await this.refuseFaulty(wish.texts);
    await this.database
      .transaction(async (tx) => {
        const { purpose = 'offers', consent = 'explicit' } = wish;
        await tx.query(
          'insert into outreach (id, name, purpose, consent, segment_id, created_by) values ($1, $2, $3, $4, $5, $6)',
          [id, wish.name.trim(), purpose, consent, wish.segmentId, actor.id],
        );
        await this.write(tx, id, wish);
        await recordSettings(tx, { actorId: actor.id, table: 'outreach', id, became: 'created' });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, wish: ChangeOutreachDto): Promise<OutreachView> {
    await this.refuseFaulty(wish.texts);
    await this.database
      .transaction(async (tx) => {
        const { state, version } = await holdOutreach(tx, id);
        if (wish.version !== undefined && wish.version !== version) {
          throw conflict('stale', 'Somebody changed this outreach meanwhile. Look again.', 'version');
        }
        refuseTooLate(state, wish);
        const before = await settingsRow(tx, 'outreach', id);
        await this.write(tx, id, wish);
        await recordSettings(tx, { actorId: actor.id, table: 'outreach', id, became: 'changed', before });
      })
      .catch(explain);
    return this.get(id);
  }

  /** One that somebody was told stays, with what it told whom. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { round } = await holdOutreach(tx, id);
      if (round > 0) {
        throw conflict('outreach_used', 'People were told this already. Stop it instead.');
      }
      const before = await settingsRow(tx, 'outreach', id);
      await tx.query('delete from outreach where id = $1', [id]);
      await recordSettings(tx, { actorId: actor.id, table: 'outreach', id, became: 'removed', before });
    });
  }

  private async write(tx: Transaction, id: string, wished: ChangeOutreachDto): Promise<void> {
    // A calendar is kept only where it decides.
    const wish =
      wished.hours === undefined || wished.hours === 'calendar'
        ? wished
        : Object.assign({}, wished, { calendarId: null });
    await checkNamed(tx, wish);
    const fields = (Object.keys(columns) as Field[]).filter((field) => wish[field] !== undefined);
    const setters = fields.map((field, index) => `${columns[field]} = $${String(index + 2)}`);
    await tx.query(
      `update outreach set ${[...setters, 'version = version + 1', 'changed_at = clock_timestamp()'].join(', ')} where id = $1`,
      [id, ...fields.map((field) => valueOf(field, wish))],
    );
  }

  private async refuseFaulty(texts: OutreachTextsDto | undefined): Promise<void> {
    for (const locale of ['en', 'fa'] as const) {
      for (const part of ['subject', 'body'] as const) {
        await this.trials.refuseFaulty(`texts.${locale}.${part}`, texts?.[locale][part] ?? '', locale);
      }
    }
  }
}

/** One under lock. Throws notFound. */
export async function holdOutreach(
  tx: Transaction,
  id: string,
): Promise<{ state: OutreachState; version: number; round: number }> {
  const [row] = await tx.query<{ state: OutreachState; version: number; round: number }>(
    'select state, version, round from outreach where id = $1 for no key update',
    [id],
  );
  if (!row) {
    throw notFound('This outreach');
  }
  return row;
}

function refuseTooLate(state: OutreachState, wish: ChangeOutreachDto): void {
  if (state === 'draft') {
    return;
  }
  const fields = (Object.keys(columns) as Field[]).filter((field) => wish[field] !== undefined);
  const late = fields.find((field) => !changeableLater.has(field));
  if (late !== undefined) {
    throw conflict(
      'outreach_begun',
      'It is scheduled or was sent. Take it back to a draft first, or make another one.',
      late,
    );
  }
}

function valueOf(field: Field, wish: ChangeOutreachDto): unknown {
  const value = wish[field];
  if (field === 'texts') {
    return JSON.stringify(value);
  }
  return typeof value === 'string' && field === 'name' ? value.trim() : value;
}

async function checkNamed(tx: Transaction, wish: ChangeOutreachDto): Promise<void> {
  await checkThere(tx, 'segmentId', 'select id from segment where id = any ($1::uuid[])', [wish.segmentId]);
  await checkThere(tx, 'queueId', 'select id from queue where id = any ($1::uuid[]) and retired_at is null', [
    wish.queueId,
  ]);
  await checkThere(tx, 'calendarId', 'select id from calendar where id = any ($1::uuid[])', [wish.calendarId]);
  await checkThere(
    tx,
    'channelIds',
    `select id from channel where id = any ($1::uuid[]) and kind <> 'phone'`,
    wish.channelIds ?? [],
  );
}

async function checkThere(
  tx: Transaction,
  field: string,
  known: string,
  ids: readonly (string | null | undefined)[],
): Promise<void> {
  const named = ids.filter((id) => id !== null && id !== undefined);
  if (named.length > 0 && (await tx.query(known, [named])).length < named.length) {
    throw invalid(field, 'This is not there any more, or cannot be used here.');
  }
}

function viewOf({ startsAt, nextAt, createdAt, changedAt, ...row }: Row): OutreachView {
  return {
    ...row,
    startsAt: startsAt?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}

function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505') {
    throw conflict('name_taken', 'There is an outreach of this name.', 'name');
  }
  if (code === '23503' && constraint === 'outreach_segment_id_fkey') {
    throw invalid('segmentId', 'This is not there any more, or cannot be used here.');
  }
  if (code === '23514' && constraint?.startsWith('outreach_') === true) {
    throw invalid('hours', 'Choose hours that end later than they begin, and a calendar where one decides.');
  }
  throw error;
}
