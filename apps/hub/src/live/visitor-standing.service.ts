import { Injectable } from '@nestjs/common';
import { programEndings } from '#channels';
import type { VisitorFormCall, VisitorStanding } from '#contract';
import type { WebChat } from '../auth/visitors/web-chats.service.js';
import { Database } from '../database/database.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { OpeningHours } from './opening-hours.service.js';
import { Remembered } from './remembered.js';
import { fieldsOf } from './visitor-form.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';
import { somebodyOnline, visitorStanding, type StandingRow } from './visitor-standing.query.js';
import { VisitorWaiting } from './visitor-waiting.service.js';
import { VisitorWays } from './visitor-ways.service.js';

type Locale = VisitorFormCall['locale'];

/** Asked by every open chat every few seconds, and the same for all of a queue. */
const freshMs = 5_000;
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
  work: null,
  waited: 0,
  stepped: false,
  callback: null,
};

/** Tells visitors how things stand. */
@Injectable()
export class VisitorStandings {
  private readonly online = new Remembered<boolean>(freshMs);

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly sockets: VisitorSockets,
    private readonly ways: VisitorWays,
    private readonly hours: OpeningHours,
    private readonly waiting: VisitorWaiting,
  ) {}

  async read(socket: VisitorSocket, locale: Locale): Promise<VisitorStanding> {
    const chat = this.sockets.chatOf(socket);
    const { before, files } = chat.inside;
    const row = await this.rowOf(socket);
    const staffing = await this.staffing(chat, row, locale);
    const ways = this.ways.list();
    const waiting = await this.waiting.read(socket, row, { isOpen: staffing.isOpen, canText: ways.includes('sms') });
    return {
      ...staffing,
      form: row.has_written ? null : fieldsOf(before, locale),
      ways,
      wish: row.way && { way: row.way, address: row.address ?? '' },
      ...waiting,
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
    { attended, queue }: StandingRow,
    locale: Locale,
  ): Promise<Pick<VisitorStanding, 'isOpen' | 'opensAt' | 'awayWords'>> {
    const { away } = chat.inside;
    const queueId = queue ?? this.channels.find(chat.id)?.queueId ?? null;
    const clock = await this.hours.of(away, queueId);
    const now = Date.now();
    const isOpen = attended || (clock ? clock.isOpen(now) : await this.isStaffed(chat));
    const opens = isOpen ? null : (clock?.nextOpening(now) ?? null);
    const { opensAt, awayWords } = await this.hours.tell(away, queueId, { locale, opensAt: opens });
    return { isOpen, opensAt: instantOf(opensAt), awayWords };
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
}

function instantOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
