import { Injectable } from '@nestjs/common';
import type { VisitorFormCall, VisitorStanding } from '#contract';
import type { WebChat } from '../auth/visitors/web-chats.service.js';
import { ScriptCatalogue } from '../bots/scripts/script-catalogue.service.js';
import { Database } from '../database/database.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { OpeningHours } from './opening-hours.service.js';
import { Remembered } from './remembered.js';
import { somebodyOnline, type StandingRow } from './visitor-standing.query.js';

/** Asked by every open chat every few seconds, and the same for all of a queue. */
const freshMs = 5_000;

/** Whether anybody answers visitors now, and when that is next. */
@Injectable()
export class VisitorStaffing {
  private readonly online = new Remembered<boolean>(freshMs);
  private readonly scripted = new Remembered<boolean>(freshMs);

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly hours: OpeningHours,
    private readonly scripts: ScriptCatalogue,
  ) {}

  /** An agent who has the conversation at hand counts more than any clock, and so does a bot: it is always there. */
  async read(
    chat: WebChat,
    { attended, queue, holder }: StandingRow,
    locale: VisitorFormCall['locale'],
  ): Promise<Pick<VisitorStanding, 'isOpen' | 'opensAt' | 'awayWords'>> {
    const { away } = chat.inside;
    const queueId = queue ?? this.channels.find(chat.id)?.queueId ?? null;
    const clock = await this.hours.of(away, queueId);
    const now = Date.now();
    const isAnswered = attended || (await this.isBotThere(chat, holder));
    const isOpen = isAnswered || (clock ? clock.isOpen(now) : await this.isStaffed(chat));
    const opens = isOpen ? null : (clock?.nextOpening(now) ?? null);
    const { opensAt, awayWords } = await this.hours.tell(away, queueId, { locale, opensAt: opens });
    return { isOpen, opensAt: instantOf(opensAt), awayWords };
  }

  /** Where no clock decides, somebody of its queue must be there, unless nobody is ever said to be away. */
  private async isStaffed({ id, inside: { away } }: WebChat): Promise<boolean> {
    const queue = this.channels.find(id)?.queueId ?? null;
    return (
      away.when === 'never' || (queue !== null && (await this.online.get(queue, () => this.isSomebodyOnline(queue))))
    );
  }

  /** It talks with them, or would begin to with their first words: asked for the channel, not for each of its visitors. */
  private async isBotThere({ id }: WebChat, holder: StandingRow['holder']): Promise<boolean> {
    const choose = () => this.scripts.choose(this.database, { channelId: id, customerId: id, at: null });
    return (
      holder === 'bot' || (holder === 'none' && (await this.scripted.get(id, async () => (await choose()) !== null)))
    );
  }

  private async isSomebodyOnline(queue: string): Promise<boolean> {
    const [row] = await this.database.query<{ online: boolean }>(somebodyOnline, [queue]);
    return row?.online === true;
  }
}

function instantOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
