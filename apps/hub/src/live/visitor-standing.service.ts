import { Injectable } from '@nestjs/common';
import { programEndings } from '#channels';
import type { VisitorFormCall, VisitorStanding } from '#contract';
import { Database } from '../database/database.js';
import { fieldsOf } from './visitor-form.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';
import { visitorStanding, type StandingRow } from './visitor-standing.query.js';
import { VisitorStaffing } from './visitor-staffing.service.js';
import { VisitorWaiting } from './visitor-waiting.service.js';
import { VisitorWays } from './visitor-ways.service.js';

type Locale = VisitorFormCall['locale'];

const megabyte = 1024 * 1024;

const nothingYet: StandingRow = {
  holder: 'none',
  last_seq: 0,
  attended: false,
  read: 0,
  has_written: false,
  agreed: false,
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
  constructor(
    private readonly database: Database,
    private readonly sockets: VisitorSockets,
    private readonly ways: VisitorWays,
    private readonly waiting: VisitorWaiting,
    private readonly staffing: VisitorStaffing,
  ) {}

  async read(socket: VisitorSocket, locale: Locale): Promise<VisitorStanding> {
    const chat = this.sockets.chatOf(socket);
    const { before, files } = chat.inside;
    const row = await this.rowOf(socket);
    const staffing = await this.staffing.read(chat, row, locale);
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
      hasAgreed: row.agreed,
      mayMail: ways.includes('email'),
    };
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
}
