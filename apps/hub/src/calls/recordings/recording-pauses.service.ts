import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ChannelError } from '#channels';
import type { CallRecordingsView } from '#contract';
import { GuardedAccess, isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { restriction, restrictionTables } from '../../desk/message-rows.query.js';
import { ApiError, conflict, notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { CallDrivers } from '../work/call-drivers.service.js';

interface LiveCall {
  conversation_id: string;
  seq: number;
  channel_id: string;
  call_id: string;
  live: boolean;
  restricted: boolean;
  queue_id: string | null;
}

const callColumns = `p.conversation_id, p.seq, p.channel_id, p.call_id, p.records and p.ended_at is null as live, ${restriction}`;
const callTables = `phone_call p join message m on m.conversation_id = p.conversation_id and m.seq = p.seq ${restrictionTables}`;

type PauseState = Pick<CallRecordingsView, 'pauses' | 'canPause'>;

/** Stretches of a call that are not recorded because somebody said so: while a customer reads out a card's number. */
@Injectable()
export class RecordingPauses {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
    private readonly drivers: CallDrivers,
  ) {}

  async of(conversationId: string, seq: number): Promise<PauseState> {
    const [call] = await this.database.query<LiveCall & Record<string, unknown>>(
      `select ${callColumns} from ${callTables} where p.conversation_id = $1 and p.seq = $2`,
      [conversationId, seq],
    );
    const rows = await this.database.query<{ paused_at: Date; resumed_at: Date | null }>(
      'select paused_at, resumed_at from recording_pause where conversation_id = $1 and seq = $2 order by paused_at',
      [conversationId, seq],
    );
    return {
      pauses: rows.map((row) => ({
        pausedAt: row.paused_at.toISOString(),
        resumedAt: row.resumed_at?.toISOString() ?? null,
      })),
      canPause: call?.live === true && this.recorderOf(call) !== null,
    };
  }

  /**
   * Pauses the recording of a call, or goes on with it. `id`: of the call, or of its message. The provider is told first: nothing is shown
   * as a pause that was recorded after all. Said twice, it is one pause.
   */
  async act(actor: Actor, id: string, what: 'pause' | 'resume'): Promise<PauseState> {
    const call = await this.readable(actor, id);
    const record = this.recorderOf(call);
    if (!call.live || record === null) {
      throw conflict('not_recorded', 'This call is not being recorded, or its provider cannot pause that.');
    }
    await record(what).catch((error: unknown) => {
      const words = error instanceof ChannelError ? error.message : 'The provider did not do it.';
      throw new ApiError(502, 'provider_refused', words);
    });
    await this.write(actor, call, what);
    return this.of(call.conversation_id, call.seq);
  }

  private write(actor: Actor, { conversation_id, seq }: LiveCall, what: 'pause' | 'resume'): Promise<void> {
    return this.database.transaction(async (tx) => {
      const [row] =
        what === 'pause'
          ? await tx.query<{ id: string }>(
              `insert into recording_pause (id, conversation_id, seq, paused_by) values ($1, $2, $3, $4)
               on conflict (conversation_id, seq) where resumed_at is null do nothing returning id`,
              [uuid(), conversation_id, seq, actor.id],
            )
          : await tx.query<{ id: string }>(
              `update recording_pause set resumed_at = clock_timestamp(), resumed_by = $3
               where conversation_id = $1 and seq = $2 and resumed_at is null returning id`,
              [conversation_id, seq, actor.id],
            );
      if (row) {
        await recordAct(tx, { actorId: actor.id, action: `recording.${what}d`, subject: row.id });
      }
    });
  }

  private recorderOf({
    channel_id: channelId,
    call_id: callId,
  }: LiveCall): ((act: 'pause' | 'resume') => Promise<void>) | null {
    const channel = this.channels.find(channelId);
    const driver = channel && this.drivers.of(channel);
    return channel && driver?.record ? async (act) => driver.record?.(channel, callId, act) : null;
  }

  private async readable(actor: Actor, id: string): Promise<LiveCall> {
    const [call] = await this.database.query<LiveCall & Record<string, unknown>>(
      `select ${callColumns} from ${callTables} where p.id = $1 or m.id = $1`,
      [id],
    );
    const [found] = call ? await this.access.listPersons(actor, [call.conversation_id]) : [];
    if (!call || !found || isWithheld(call, found.person)) {
      throw notFound('This call');
    }
    return call;
  }
}
