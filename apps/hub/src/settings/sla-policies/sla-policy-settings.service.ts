import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { SlaPolicyView } from '#contract';
import { followEvent } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { diffOf } from '../../auth/diff-of.js';
import { recordAct } from '../../auth/record-act.js';
import { settingsRow } from '../../auth/settings-row.js';
import { SlaBook } from '../../automation/sla/sla-book.service.js';
import { SlaSweeper } from '../../automation/sla/sla.sweeper.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import type { ChangeSlaPolicyDto, NewSlaPolicyDto, PublishSlaPolicyDto, SlaTermsDto } from './sla-policies.dto.js';

const version = (status: string, also = '') => `
  (select v.body || jsonb_build_object('versionId', v.id, 'version', v.version ${also})
   from sla_policy_version v where v.policy_id = p.id and v.status = '${status}' order by v.version desc limit 1)`;

const view = `
select p.id, p.name, p.position, p.enabled,
  ${version('published', ", 'publishedAt', v.published_at")} as published,
  ${version('draft')} as draft
from sla_policy p`;

/** Promises and their versions. A published one never changes: what was promised stays as it was promised. */
@Injectable()
export class SlaPolicySettings {
  constructor(
    private readonly database: Database,
    private readonly book: SlaBook,
    private readonly sla: SlaSweeper,
  ) {}

  list(): Promise<SlaPolicyView[]> {
    return this.database.query<SlaPolicyView & Record<string, unknown>>(`${view} order by p.position, p.name, p.id`);
  }

  async create(actor: Actor, { name, position, enabled, draft }: NewSlaPolicyDto): Promise<SlaPolicyView> {
    const id = uuid();
    await this.database
      .transaction(async (tx) => {
        await tx.query('insert into sla_policy (id, name, position, enabled) values ($1, $2, $3, $4)', [
          id,
          name,
          position ?? 0,
          enabled ?? true,
        ]);
        await this.writeDraft(tx, id, draft);
        await recordAct(tx, { actorId: actor.id, action: 'sla_policy.created', subject: id });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(
    actor: Actor,
    id: string,
    { name, position, enabled, draft }: ChangeSlaPolicyDto,
  ): Promise<SlaPolicyView> {
    await this.database
      .transaction(async (tx) => {
        const before = await settingsRow(tx, 'sla_policy', id);
        const rows = await tx.query(
          `update sla_policy set name = coalesce($2, name), position = coalesce($3, position), enabled = coalesce($4, enabled)
           where id = $1 returning id`,
          [id, name ?? null, position ?? null, enabled ?? null],
        );
        if (rows.length === 0) {
          throw notFound('This policy');
        }
        if (draft) {
          await this.writeDraft(tx, id, draft);
        }
        const details = { draft: draft ?? null, changes: diffOf(before, await settingsRow(tx, 'sla_policy', id)) };
        await recordAct(tx, { actorId: actor.id, action: 'sla_policy.changed', subject: id, details });
      })
      .catch(explain);
    return this.get(id);
  }

  async publish(actor: Actor, id: string, { forOpenTickets }: PublishSlaPolicyDto): Promise<SlaPolicyView> {
    // What happened before is counted by what was promised before.
    await this.sla.sweep();
    await this.database.transaction(async (tx) => {
      const [policy] = await tx.query('select 1 from sla_policy where id = $1 for no key update', [id]);
      if (!policy) {
        throw notFound('This policy');
      }
      await tx.query(
        `update sla_policy_version set status = 'retired' where policy_id = $1 and status = 'published'
        and exists (select 1 from sla_policy_version d where d.policy_id = $1 and d.status = 'draft')`,
        [id],
      );
      const [published] = await tx.query<{ id: string }>(
        `update sla_policy_version set status = 'published', published_at = clock_timestamp()
         where policy_id = $1 and status = 'draft' returning id`,
        [id],
      );
      if (!published) {
        throw conflict('nothing_to_publish', 'Nothing was changed since the last version was published.');
      }
      if (forOpenTickets) {
        await this.carryOver(tx, id);
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'sla_policy.published',
        subject: id,
        details: { versionId: published.id, forOpenTickets },
      });
    });
    return this.get(id);
  }

  /** Live clocks of the policy go over to what governs their tickets now. */
  private async carryOver(tx: Transaction, policyId: string): Promise<void> {
    const rows = await tx.query<{ ticket_id: string; ms: number }>(
      `select distinct c.ticket_id, (extract(epoch from now()) * 1000)::float8 as ms
       from sla_clock c join sla_policy_version v on v.id = c.policy_version_id
       where v.policy_id = $1 and c.state in ('running', 'paused')`,
      [policyId],
    );
    const at = Math.floor(rows[0]?.ms ?? 0);
    await this.book.turn(
      tx,
      rows.map((row) => row.ticket_id),
      (ticket, rules) => followEvent(ticket, { kind: 'governed', at, anew: true }, rules),
    );
  }

  private async writeDraft(tx: Transaction, id: string, terms: SlaTermsDto): Promise<void> {
    await this.check(tx, terms);
    const { scope, targets, calendarId, pausedIn, escalations } = terms;
    const warnings = terms.warnings.toSorted((one, other) => one - other);
    const body = JSON.stringify({ scope, targets, calendarId, pausedIn, warnings, escalations });
    const changed = await tx.query(
      `update sla_policy_version set body = $2 where policy_id = $1 and status = 'draft' returning id`,
      [id, body],
    );
    if (changed.length === 0) {
      await tx.query(
        `insert into sla_policy_version (id, policy_id, version, body)
         select $2, $1, coalesce(max(version), 0) + 1, $3 from sla_policy_version where policy_id = $1`,
        [id, uuid(), body],
      );
    }
  }

  private async check(tx: Transaction, { targets, calendarId, scope, escalations }: SlaTermsDto): Promise<void> {
    if (Object.values(targets).every((target) => target === undefined)) {
      throw invalid('targets', 'A policy promises at least one thing.');
    }
    if (calendarId !== null && (await tx.query('select 1 from calendar where id = $1', [calendarId])).length === 0) {
      throw invalid('calendarId', 'There is no such calendar.');
    }
    const queueIds = [...scope.queueIds, ...escalations.map(({ queueId }) => queueId).filter((id) => id !== null)];
    const known = await tx.query<{ id: string }>(
      'select id from queue where id = any ($1::uuid[]) and retired_at is null',
      [queueIds],
    );
    if (queueIds.some((id) => !known.some((row) => row.id === id))) {
      throw invalid('scope', 'There is no such queue.');
    }
  }

  private async get(id: string): Promise<SlaPolicyView> {
    const [row] = await this.database.query<SlaPolicyView & Record<string, unknown>>(`${view} where p.id = $1`, [id]);
    if (!row) {
      throw notFound('This policy');
    }
    return row;
  }
}

function explain(error: unknown): never {
  const { code } = error as { code?: string };
  if (code === '23505') {
    throw conflict('name_taken', 'There is a policy of this name.', 'name');
  }
  throw error;
}
