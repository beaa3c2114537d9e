import { Injectable } from '@nestjs/common';
import type { CallRecordingsView, RecordingAccessView, RecordingView } from '#contract';
import { GuardedAccess, isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { RecordingPauses } from './recording-pauses.service.js';
import {
  listensOf,
  noteListen,
  recordingById,
  recordingsOfCall,
  restrictionOfCall,
  type RecordingRow,
  type Restricted,
} from './recordings.query.js';
import type { ServedSound } from './serve-part.js';

/** What is kept of calls, for those who may read them. Everybody who listens is noted. */
@Injectable()
export class RecordingDesk {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly storage: FileStorage,
    private readonly pauses: RecordingPauses,
  ) {}

  async ofCall(actor: Actor, conversationId: string, seq: number): Promise<CallRecordingsView> {
    const person = await this.access.getPerson(actor, conversationId);
    const [call] = await this.database.query<Restricted & Record<string, unknown>>(restrictionOfCall, [
      conversationId,
      seq,
    ]);
    if (!call || isWithheld(call, person)) {
      throw notFound('This call');
    }
    const rows = await this.database.query<RecordingRow & Record<string, unknown>>(recordingsOfCall, [
      conversationId,
      seq,
    ]);
    const state = await this.pauses.of(conversationId, seq);
    return { recordings: rows.map(presentRecording), ...state };
  }

  /** Throws notFound alike for a recording that is not there, not here, or not for this reader. */
  async open(actor: Actor, id: string): Promise<ServedSound> {
    const { storage_key: key, sha256, bytes, media_type: mediaType } = await this.readable(actor, id);
    if (key === null) {
      throw notFound('This recording');
    }
    return {
      mediaType: mediaType ?? 'application/octet-stream',
      bytes: bytes ?? 0,
      version: sha256 ?? id,
      keep: 'private, no-store',
      open: (part) => this.storage.open(key, part),
    };
  }

  /** Writes down that somebody listens, once a minute each. */
  async noteListen(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [listen] = await tx.query(noteListen, [id, actor.id]);
      if (listen) {
        await recordAct(tx, { actorId: actor.id, action: 'recording.heard', subject: id });
      }
    });
  }

  async listens(actor: Actor, id: string): Promise<RecordingAccessView> {
    await this.readable(actor, id);
    const rows = await this.database.query<{ agentId: string; agentName: string; minute: Date }>(listensOf, [id]);
    return { listens: rows.map((row) => ({ ...row, minute: row.minute.toISOString() })) };
  }

  private async readable(actor: Actor, id: string): Promise<RecordingRow> {
    const [row] = await this.database.query<RecordingRow & Record<string, unknown>>(recordingById, [id]);
    const [found] = row ? await this.access.listPersons(actor, [row.conversation_id]) : [];
    if (!row || !found || isWithheld(row, found.person)) {
      throw notFound('This recording');
    }
    return row;
  }
}

function presentRecording(row: RecordingRow): RecordingView {
  return {
    id: row.id,
    source: row.provider_id,
    state: row.state,
    reason: row.reason,
    seconds: row.seconds,
    url: row.state === 'kept' ? `/api/recordings/${row.id}/audio` : null,
    keepUntil: row.keep_until?.toISOString() ?? null,
    goneAt: row.gone_at?.toISOString() ?? null,
  };
}
