import { Injectable, type OnModuleInit } from '@nestjs/common';
import { readWireId } from '#bots';
import type { ChosenChoice } from '#channels';
import { Database } from '../../database/database.js';
import { Presses, type PressJudge, type PressPlace } from '../../intake/chats/presses.service.js';

/**
 * Whether a menu of a session still stood when it was chosen from: no later one was shown, nothing was chosen from it before, and its bot
 * still talked. Parameters: the offering message, the session's short name, the choosing message's conversation and seq.
 */
const standing = `
select s.locale, press.at < least(s.ended_at, s.handed_off_at, 'infinity')
  and not exists (
    select 1 from message later
    where later.conversation_id = offered.conversation_id and later.seq > offered.seq and later.at < press.at
      and (later.author_id = s.id and later.content ? 'choices' or later.kind = 'keys' and later.content -> 'choice' ->> 'of' = $1)) as stands
from message press
join message offered on offered.channel_id = press.channel_id and offered.external_id = $1 and offered.author = 'bot'
join bot_session s on s.id = offered.author_id and replace(s.id::text, '-', '') like '%' || $2
where press.conversation_id = $3 and press.seq = $4`;

const staleWords = {
  en: 'This menu is old. Please use the latest one, or write to us.',
  fa: 'این فهرست قدیمی است. لطفاً از تازه‌ترین فهرست استفاده کنید یا پیام بنویسید.',
};

/** Tells whoever presses a button of an old menu why it does nothing. */
@Injectable()
export class BotPresses implements PressJudge, OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly presses: Presses,
  ) {}

  onModuleInit(): void {
    this.presses.attach(this);
  }

  async judge(choice: ChosenChoice, { conversationId, seq }: PressPlace): Promise<{ words: string | null } | null> {
    const chosen = readWireId(choice.id);
    if (!chosen) {
      return null;
    }
    const values = [choice.of, chosen.session, conversationId, seq];
    const [row] = await this.database.query<{ locale: string | null; stands: boolean | null }>(standing, values);
    const words = staleWords[row?.locale === 'en' ? 'en' : 'fa'];
    return { words: row?.stands === true ? null : words };
  }
}
