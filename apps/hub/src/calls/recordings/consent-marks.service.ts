import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { messageNotice } from './consent-steps.js';

/** A caller who left a message on a line that could not ask Peyk anything. */
export interface LeftMessage {
  channelId: string;
  callId: string;
  from: string;
  to: string;
  /** In which the line asked for the message. */
  locale: string;
}

const grant = `
insert into phone_call as p (id, channel_id, call_id, direction, from_address, to_address, phase, ended_at, consent, consent_at, consent_prompt)
values ($1, $2, $3, 'in', $4, $5, 'over', clock_timestamp(), 'granted', clock_timestamp(), $6)
on conflict (channel_id, call_id) do update
set consent = 'granted', consent_at = excluded.consent_at, consent_prompt = excluded.consent_prompt
where p.consent in ('none', 'announced')`;

/** Consent that is told after the fact. */
@Injectable()
export class ConsentMarks {
  constructor(private readonly library: PromptLibrary) {}

  /**
   * Notes that a caller was asked for a message, told that it is recorded, and spoke. Written before the recording is handed in, which
   * would be refused without it.
   */
  async messageLeft(sql: Sql, { channelId, callId, from, to, locale }: LeftMessage): Promise<void> {
    const notice = messageNotice(locale);
    const prompt = this.library.versionOf(notice, locale) ?? notice;
    await sql.query(grant, [uuid(), channelId, callId, from, to, prompt]);
  }
}
