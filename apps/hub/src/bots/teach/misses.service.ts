import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import { redactMiss } from './redact-miss.js';

/** Something that a customer said and a script did not understand. */
export interface NotedMiss {
  sessionId: string;
  versionId: string;
  node: string;
  text: string;
  locale: string;
  /** The channel as scripts name it. */
  channel: string;
}

/** Keeps what was not understood, for those who teach scripts, without what could name the customer. */
@Injectable()
export class Misses {
  /** In the transaction of the turn. A text of which nothing is left is not kept. */
  async note(tx: Sql, { sessionId, versionId, node, text, locale, channel }: NotedMiss): Promise<void> {
    const kept = redactMiss(text);
    if (kept === '') {
      return;
    }
    await tx.query(
      `insert into bot_miss (id, script_id, session_id, version_id, node, locale, channel, text)
       select $1, v.script_id, $2, v.id, $4, $5, $6, $7 from script_version v where v.id = $3`,
      [uuid(), sessionId, versionId, node, locale, channel, kept],
    );
  }
}
