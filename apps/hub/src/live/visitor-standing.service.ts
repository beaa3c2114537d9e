import { Injectable } from '@nestjs/common';
import { programEndings } from '#channels';
import type { VisitorFormCall, VisitorStanding } from '#contract';
import type { WebChat } from '../auth/visitors/web-chats.service.js';
import { Database } from '../database/database.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { OpeningHours } from './opening-hours.service.js';
import { Remembered } from './remembered.js';
import { fieldsOf, inLanguage } from './visitor-form.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';
import { lateWaits, somebodyOnline, visitorStanding, type StandingRow } from './visitor-standing.query.js';
import { VisitorWays } from './visitor-ways.service.js';

type Locale = VisitorFormCall['locale'];

/** Asked by every open chat every few seconds, and the same for all of a queue. */
const freshMs = 5_000;
const waitsFreshMs = 60_000;
const megabyte = 1024 * 1024;

const nothingYet: StandingRow = {
  holder: 'none',
  last_seq: 0,
  attended: false,
  read: 0,
  has_written: false,
  way: null,
  address: null,
  before: null,
  queue: null,
};

/** Tells visitors how things stand. */
@Injectable()
export class VisitorStandings {
  private readonly online = new Remembered<boolean>(freshMs);
  private readonly waits = new Remembered<number | null>(waitsFreshMs);

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly sockets: VisitorSockets,
    private readonly ways: VisitorWays,
    private readonly hours: OpeningHours,
  ) {}

  async read(socket: VisitorSocket, locale: Locale): Promise<VisitorStanding> {
    const chat = this.sockets.chatOf(socket);
    const { before, away, files } = chat.inside;
    const row = await this.rowOf(socket);
    const staffing = await this.staffing(chat, row);
    const ways = this.ways.list();
    return {
      ...staffing,
      awayWords: inLanguage(away.words, locale),
      form: row.has_written ? null : fieldsOf(before, locale),
      ways,
      wish: row.way && { way: row.way, address: row.address ?? '' },
      queue: staffing.isOpen ? await this.queueOf(row) : null,
      delivered: row.attended ? row.last_seq : row.read,
      read: row.read,
      files: files.isOn
        ? { maxBytes: files.maxMegabytes * megabyte, endings: files.endings, refused: [...programEndings] }
        : null,
      mayMail: ways.includes('email'),
    };
  }

  /** An agent who has the conversation at hand counts more than any clock. */
  private async staffing(
    chat: WebChat,
    { attended }: StandingRow,
  ): Promise<Pick<VisitorStanding, 'isOpen' | 'opensAt'>> {
    const clock = await this.hours.of(chat.inside.away);
    const now = Date.now();
    const isOpen = attended || (clock ? clock.isOpen(now) : await this.isStaffed(chat));
    return { isOpen, opensAt: isOpen ? null : instantOf(clock?.nextOpening(now)) };
  }

  private async rowOf(socket: VisitorSocket): Promise<StandingRow> {
    const known = await this.sockets.know(socket);
    if (!known) {
      return nothingYet;
    }
    const parameters = [known.conversationId, known.identityId, known.person];
    const [row] = await this.database.query<StandingRow & Record<string, unknown>>(visitorStanding, parameters);
    return row ?? nothingYet;
  }

  /** Where no clock decides, somebody of its queue must be there, unless nobody is ever said to be away. */
  private async isStaffed({ id, inside: { away } }: WebChat): Promise<boolean> {
    const queue = this.channels.find(id)?.queueId ?? null;
    return (
      away.when === 'never' || (queue !== null && (await this.online.get(queue, () => this.isSomebodyOnline(queue))))
    );
  }

  private async isSomebodyOnline(queue: string): Promise<boolean> {
    const [row] = await this.database.query<{ online: boolean }>(somebodyOnline, [queue]);
    return row?.online === true;
  }

  private async queueOf({ before, queue }: StandingRow): Promise<VisitorStanding['queue']> {
    if (before === null || queue === null) {
      return null;
    }
    const waited = await this.waits.get(queue, async () => {
      const [row] = await this.database.query<{ waited: number | null }>(lateWaits, [queue]);
      return row?.waited ?? null;
    });
    return { place: before + 1, minutes: waited === null ? null : Math.max(1, Math.ceil(waited / 60)) };
  }
}

function instantOf(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
