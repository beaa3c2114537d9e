import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { SurveyView } from '#contract';
import { scoreIn, spellTags, type SurveyKind } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordSettings } from '../../auth/record-settings.js';
import { settingsRow } from '../../auth/settings-row.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { SurveySweeper } from '../survey.sweeper.js';
import type { ChangeSurveyDto, NewSurveyDto } from './surveys.dto.js';

const texts = (column: string): string =>
  `jsonb_build_object('en', coalesce(s.${column} ->> 'en', ''), 'fa', coalesce(s.${column} ->> 'fa', ''))`;

/** Queues that took others over stand for those. Where all are gone it is still not meant for every queue. */
const queueIds = `coalesce((select array_agg(distinct coalesce(q.moved_to, q.id)) from queue q where q.id = any (s.queue_ids)), s.queue_ids)`;

const view = `
select s.id, s.name, s.kind, s.enabled, s.position, ${queueIds} as "queueIds", s.tags, s.field_key as "fieldKey", s.field_values as "fieldValues", s.ask_on as "askOn", s.delay_minutes as "delayMinutes",
       s.cool_down_days as "coolDownDays", s.expiry_hours as "expiryHours", s.low_score as "lowScore",
       (select coalesce(q.moved_to, q.id) from queue q where q.id = s.follow_up_queue_id) as "followUpQueueId", ${texts('question')} as question, ${texts('comment_prompt')} as "commentPrompt",
       ${texts('thanks')} as thanks, exists (select 1 from survey_ask a where a.survey_id = s.id) as "isUsed"
from survey s`;

/** Columns that a change sets, by the field of the DTO. */
const columns: Record<keyof ChangeSurveyDto, string> = {
  name: 'name',
  enabled: 'enabled',
  position: 'position',
  queueIds: 'queue_ids',
  tags: 'tags',
  fieldKey: 'field_key',
  fieldValues: 'field_values',
  askOn: 'ask_on',
  delayMinutes: 'delay_minutes',
  coolDownDays: 'cool_down_days',
  expiryHours: 'expiry_hours',
  lowScore: 'low_score',
  followUpQueueId: 'follow_up_queue_id',
  question: 'question',
  commentPrompt: 'comment_prompt',
  thanks: 'thanks',
};

/** Those that null means something for; of the others it says nothing. */
const mayBeNone: ReadonlySet<keyof ChangeSurveyDto> = new Set(['lowScore', 'followUpQueueId', 'fieldKey']);

/** What administrators set up to be asked. */
@Injectable()
export class SurveySettings {
  constructor(
    private readonly database: Database,
    private readonly sweeper: SurveySweeper,
  ) {}

  list(): Promise<SurveyView[]> {
    return this.database.query<SurveyView & Record<string, unknown>>(`${view} order by s.position, s.name, s.id`);
  }

  async create(actor: Actor, { kind, ...wish }: NewSurveyDto): Promise<SurveyView> {
    const id = uuid();
    await this.database
      .transaction(async (tx) => {
        await tx.query('insert into survey (id, name, kind) values ($1, $2, $3)', [id, wish.name, kind]);
        await this.write(tx, id, kind, wish);
        await recordSettings(tx, { actorId: actor.id, table: 'survey', id, became: 'created' });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, wish: ChangeSurveyDto): Promise<SurveyView> {
    await this.database
      .transaction(async (tx) => {
        const [row] = await tx.query<{ kind: SurveyKind }>('select kind from survey where id = $1 for no key update', [
          id,
        ]);
        if (!row) {
          throw notFound('This survey');
        }
        const before = await settingsRow(tx, 'survey', id);
        await this.write(tx, id, row.kind, wish);
        await recordSettings(tx, { actorId: actor.id, table: 'survey', id, became: 'changed', before });
      })
      .catch(explain);
    return this.get(id);
  }

  /** What somebody was asked stays; then the survey can only be switched off. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const rows = await tx.query('select 1 from survey where id = $1 for update', [id]);
      if (rows.length === 0) {
        throw notFound('This survey');
      }
      if ((await tx.query('select 1 from survey_ask where survey_id = $1 limit 1', [id])).length > 0) {
        throw conflict('survey_used', 'Customers were asked by this survey already. Switch it off instead.');
      }
      const before = await settingsRow(tx, 'survey', id);
      await tx.query('delete from survey where id = $1', [id]);
      await recordSettings(tx, { actorId: actor.id, table: 'survey', id, became: 'removed', before });
    });
  }

  private async write(tx: Transaction, id: string, kind: SurveyKind, wish: ChangeSurveyDto): Promise<void> {
    await this.check(tx, kind, wish);
    const tags = wish.tags && (await spellTags(tx, wish.tags));
    const values = Object.assign({}, wish, { tags }, wish.fieldKey === null && { fieldValues: [] });
    const fields = (Object.keys(columns) as (keyof ChangeSurveyDto)[]).filter(
      (field) => values[field] !== undefined && (values[field] !== null || mayBeNone.has(field)),
    );
    if (fields.length > 0) {
      const sets = fields.map((field, index) => setterOf(field, `$${String(index + 2)}`));
      await tx.query(`update survey set ${sets.join(', ')} where id = $1`, [
        id,
        ...fields.map((field) => values[field]),
      ]);
    }
    tx.afterCommit(() => this.sweeper.wake());
  }

  private async check(tx: Transaction, kind: SurveyKind, wish: ChangeSurveyDto): Promise<void> {
    const { queueIds = [], followUpQueueId = null, lowScore = null } = wish;
    if (lowScore !== null && scoreIn(kind, lowScore) === null) {
      throw invalid('lowScore', 'The scale of this survey has no such score.');
    }
    if (wish.askOn === 'call' && kind === 'nps') {
      throw invalid('askOn', 'A scale up to ten cannot be asked by keypad.');
    }
    await checkQueues(tx, 'queueIds', queueIds);
    await checkQueues(tx, 'followUpQueueId', followUpQueueId === null ? [] : [followUpQueueId]);
  }

  private async get(id: string): Promise<SurveyView> {
    const [row] = await this.database.query<SurveyView & Record<string, unknown>>(`${view} where s.id = $1`, [id]);
    if (!row) {
      throw notFound('This survey');
    }
    return row;
  }
}

/** What was solved while it was off is not asked about when it is switched on again. */
function setterOf(field: keyof ChangeSurveyDto, value: string): string {
  return field === 'enabled'
    ? `enabled = ${value}, enabled_at = case when ${value} then case when enabled then enabled_at else clock_timestamp() end end`
    : `${columns[field]} = ${value}`;
}

async function checkQueues(tx: Transaction, field: string, ids: string[]): Promise<void> {
  const known = await tx.query<{ id: string }>(
    'select id from queue where id = any ($1::uuid[]) and retired_at is null',
    [ids],
  );
  if (known.length < new Set(ids).size) {
    throw invalid(field, 'There is no such queue.');
  }
}

function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (constraint === 'survey_field') {
    throw invalid('fieldValues', 'A field and the values that it asks about are given together.');
  }
  if (code === '23505') {
    throw conflict('name_taken', 'There is a survey of this name.', 'name');
  }
  throw error;
}
