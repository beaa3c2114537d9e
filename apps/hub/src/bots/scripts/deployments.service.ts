import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { ChannelKind, ScriptDeploymentView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import { scriptChannelOf } from '../sessions/read-happening.js';
import type { ChangeDeploymentDto, NewDeploymentDto } from './deployments.dto.js';

const view = `
select d.id, d.channel_id as "channelId", ch.name as "channelName", ch.kind as "channelKind", d.script_id as "scriptId", s.name as "scriptName",
  d.hours, d.calendar_id as "calendarId", d.priority, d.enabled
from script_deployment d join channel ch on ch.id = d.channel_id join script s on s.id = d.script_id`;

/** Intake asks the channel alone whether there is any bot; which one, and whether now, is asked when it is to speak. */
const tellChannel = `
update channel ch set script_id = (
  select d.script_id from script_deployment d join script s on s.id = d.script_id and s.removed_at is null
  where d.channel_id = ch.id and d.enabled order by d.priority, d.id limit 1)
where ch.id = $1`;

/** Whoever changes the deployments of a channel sees what those before did, and keeps no message from arriving meanwhile. */
const lockChannel = `
select from channel ch where ch.id = (select d.channel_id from script_deployment d where d.id = $1) for no key update`;

const mostPerChannel = 20;

/** Which scripts answer on which channels, and in which hours. */
@Injectable()
export class Deployments {
  constructor(private readonly database: Database) {}

  list(): Promise<ScriptDeploymentView[]> {
    return this.database.query<ScriptDeploymentView & Record<string, unknown>>(
      `${view} order by ch.name, d.priority, d.id`,
    );
  }

  async create(actor: Actor, scriptId: string, wish: NewDeploymentDto): Promise<ScriptDeploymentView> {
    const id = uuid();
    await this.database
      .transaction(async (tx) => {
        await this.refuseImpossible(tx, scriptId, wish.channelId);
        await tx.query(
          `insert into script_deployment (id, channel_id, script_id, hours, calendar_id, priority, enabled)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [
            id,
            wish.channelId,
            scriptId,
            wish.hours ?? 'always',
            wish.calendarId ?? null,
            wish.priority ?? 0,
            wish.enabled ?? true,
          ],
        );
        await tx.query(tellChannel, [wish.channelId]);
        const { channelId, hours } = wish;
        await recordAct(tx, {
          actorId: actor.id,
          action: 'script.deployed',
          subject: scriptId,
          details: { channelId, hours },
        });
      })
      .catch(explain);
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeDeploymentDto): Promise<ScriptDeploymentView> {
    await this.database
      .transaction(async (tx) => {
        await tx.query(lockChannel, [id]);
        const [row] = await tx.query<{ channel_id: string; script_id: string }>(
          `update script_deployment set hours = coalesce($2, hours), priority = coalesce($3, priority), enabled = coalesce($4, enabled),
             calendar_id = case when $5 then $6::uuid else calendar_id end where id = $1 returning channel_id, script_id`,
          [
            id,
            change.hours ?? null,
            change.priority ?? null,
            change.enabled ?? null,
            change.calendarId !== undefined,
            change.calendarId ?? null,
          ],
        );
        if (!row) {
          throw notFound('This deployment');
        }
        await tx.query(tellChannel, [row.channel_id]);
        await recordAct(tx, {
          actorId: actor.id,
          action: 'script.deployment_changed',
          subject: row.script_id,
          details: { channelId: row.channel_id, fields: Object.keys(change) },
        });
      })
      .catch(explain);
    return this.get(id);
  }

  /** Talks that have begun go on; the channel's next customer is not answered by it any more. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(lockChannel, [id]);
      const [row] = await tx.query<{ channel_id: string; script_id: string }>(
        'delete from script_deployment where id = $1 returning channel_id, script_id',
        [id],
      );
      if (!row) {
        throw notFound('This deployment');
      }
      await tx.query(tellChannel, [row.channel_id]);
      await recordAct(tx, {
        actorId: actor.id,
        action: 'script.undeployed',
        subject: row.script_id,
        details: { channelId: row.channel_id },
      });
    });
  }

  private async get(id: string): Promise<ScriptDeploymentView> {
    const [row] = await this.database.query<ScriptDeploymentView & Record<string, unknown>>(`${view} where d.id = $1`, [
      id,
    ]);
    if (!row) {
      throw notFound('This deployment');
    }
    return row;
  }

  private async refuseImpossible(tx: Transaction, scriptId: string, channelId: string): Promise<void> {
    const [channel] = await tx.query<{ kind: ChannelKind; there: number }>(
      `select ch.kind, (select count(*)::int from script_deployment d where d.channel_id = ch.id) as there
       from channel ch where ch.id = $1 for no key update`,
      [channelId],
    );
    if (!channel) {
      throw invalid('channelId', 'This channel does not exist.', 'gone');
    }
    if (channel.there >= mostPerChannel) {
      throw conflict('too_many_deployments', `A channel can have ${mostPerChannel} scripts.`);
    }
    // Held until the commit, so that it is not removed meanwhile.
    const [script] = await tx.query<{ channels: string[] | null }>(
      `select (select v.body -> 'channels' from script_release r join script_version v on v.id = r.version_id
               where r.script_id = s.id and r.cancelled_at is null order by r.live_at desc, r.id desc limit 1) as channels
       from script s where s.id = $1 and s.removed_at is null for update of s`,
      [scriptId],
    );
    if (!script) {
      throw notFound('This script');
    }
    if (script.channels === null) {
      throw conflict('not_published', 'Publish this script first: what is not published answers nobody.');
    }
    if (!script.channels.includes(scriptChannelOf(channel.kind))) {
      throw conflict(
        'wrong_channel',
        'This script does not speak on this kind of channel. Add it to its channels.',
        'channelId',
      );
    }
  }
}

function explain(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505') {
    throw conflict('deployed_already', 'This script is on this channel for these hours already.', 'hours');
  }
  if (code === '23503' && constraint?.includes('calendar')) {
    throw invalid('calendarId', 'This calendar does not exist.', 'gone');
  }
  throw error;
}
