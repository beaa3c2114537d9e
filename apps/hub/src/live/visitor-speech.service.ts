import { Injectable } from '@nestjs/common';
import { failpoint } from '#failpoint';
import { cleanPage, type Claim, type InboundMessage, type PageOfSite } from '#channels';
import { VisitorBrakes } from '../auth/visitors/visitor-brakes.service.js';
import { claimsOf } from '../auth/visitors/site-user.js';
import type { WebChat } from '../auth/visitors/web-chats.service.js';
import { Database } from '../database/database.js';
import { VisitorUploads } from '../desk/attachments/visitor-uploads.service.js';
import { Receiving } from '../intake/receiving.service.js';
import { invalid, notFound } from '../platform/errors/api-error.js';
import { saidMessage } from './visitor-people.query.js';
import { VisitorSockets, type VisitorSocket } from './visitor-sockets.service.js';

/** What a visitor says, by the id that their browser gave it. */
export interface Said {
  id: string;
  body: string;
  attachmentIds?: string[] | undefined;
  /** What they chose of what message `of` of ours offered; `body` is its label. */
  choice?: { id: string; of: string } | undefined;
  page?: PageOfSite | undefined;
}

/** What a form says beside its text. */
export interface FormSaid extends Pick<Said, 'id' | 'body' | 'page'> {
  name: string;
  claims: Claim[];
}

/** Where what was said is stored. */
export interface SaidPlace {
  seq: number;
  rev: number;
}

/** Takes what visitors write, by the same way in as every other channel. */
@Injectable()
export class VisitorSpeech {
  constructor(
    private readonly database: Database,
    private readonly receiving: Receiving,
    private readonly sockets: VisitorSockets,
    private readonly uploads: VisitorUploads,
    private readonly brakes: VisitorBrakes,
  ) {}

  /**
   * Stores the message and says where. The visitor's own id makes a repeat harmless: it is answered like the first. Ids count per
   * visitor, so nobody can take or try another's.
   */
  take(socket: VisitorSocket, said: Said): Promise<SaidPlace> {
    return this.store(socket, said, (chat) => ({
      ...words(socket, said),
      kind: said.choice ? 'keys' : 'text',
      text: checkText(said, chat),
      ...(said.choice && { choice: said.choice }),
    }));
  }

  /** A form is a message of its own, so that agents see it where it was filled in. */
  takeForm(socket: VisitorSocket, form: FormSaid): Promise<SaidPlace> {
    return this.store(socket, form, () => {
      const said = words(socket, form);
      const name = said.from.name || form.name;
      return {
        ...said,
        from: { ...said.from, name },
        claims: [...said.claims, ...form.claims],
        kind: 'form',
        text: form.body,
      };
    });
  }

  private async store(
    socket: VisitorSocket,
    { id, page }: Pick<Said, 'id' | 'page'>,
    read: (chat: WebChat) => InboundMessage & { fileIds: string[] },
  ): Promise<SaidPlace> {
    const { visitorId, channelId } = socket.data.seat;
    const chat = this.sockets.chatOf(socket);
    const externalId = `${visitorId} ${id.toLowerCase()}`;
    const known = await this.find(channelId, externalId);
    if (known) {
      return known;
    }
    const { fileIds, ...message } = read(chat);
    await this.brake(socket);
    const files = fileIds.length > 0 ? await this.uploads.listFor({ visitorId, channelId }, fileIds) : [];
    const shared = chat.inside.showsPage ? newPage(socket, page) : null;
    await this.receiving.takeStored({ id: channelId, kind: 'web' }, { ...message, ...shared }, files);
    socket.data.seat.wroteOn = shared?.shared.page.url ?? socket.data.seat.wroteOn;
    await this.sockets.wrote(socket);
    const stored = await this.find(channelId, externalId);
    if (!stored) {
      throw notFound('This message');
    }
    failpoint('visitor.before-answer');
    return stored;
  }

  private async find(channelId: string, externalId: string): Promise<SaidPlace | null> {
    const [row] = await this.database.query<{ seq: number; rev: number }>(saidMessage, [channelId, externalId]);
    return row ?? null;
  }

  private brake({ data: { seat } }: VisitorSocket): Promise<void> {
    const { visitorId, channelId, place, known } = seat;
    return this.brakes.speak({ visitorId, channelId, place, isFirst: known === null });
  }
}

/** Agents read it once, where the visitor went on to another page. The hub's own page of the chat is none: what matters led there. */
function newPage(
  { data: { seat } }: VisitorSocket,
  told: PageOfSite | undefined,
): { shared: { page: PageOfSite } } | null {
  const isOurs = URL.parse(told?.url ?? '')?.host === seat.page.host;
  const page = told ? cleanPage(isOurs ? { url: told.referrer, title: '', referrer: '' } : told) : null;
  return page && page.url !== seat.wroteOn ? { shared: { page } } : null;
}

/** What every message of a visitor has, and which files it brings. */
function words(
  { data: { seat } }: VisitorSocket,
  { id, body, attachmentIds = [] }: Said,
): InboundMessage & { fileIds: string[] } {
  const { visitorId, site } = seat;
  return {
    type: 'message',
    externalId: `${visitorId} ${id.toLowerCase()}`,
    raw: Buffer.from(JSON.stringify({ visitor: visitorId, id, body })),
    from: { kind: 'web', address: visitorId, trust: 'proven', name: site?.name ?? '' },
    claims: claimsOf(site),
    sentAt: null,
    kind: 'text',
    text: '',
    attachments: [],
    mail: null,
    replyTo: null,
    flags: [],
    fileIds: attachmentIds,
  };
}

/** Half a character of a pair, which no database keeps, becomes the sign for one that is missing. A file needs no words. */
function checkText({ body, attachmentIds = [] }: Said, chat: WebChat): string {
  const text = body.toWellFormed();
  if (attachmentIds.length > 0 && !chat.inside.files.isOn) {
    throw invalid('attachmentIds', 'Files cannot be sent in this chat.', 'no_attachments');
  }
  if (text.replaceAll('\u0000', '').trim() === '' && attachmentIds.length === 0) {
    throw invalid('body', 'Write something.', 'empty');
  }
  if (text.length > chat.textLimit) {
    throw invalid('body', `A message has at most ${String(chat.textLimit)} characters.`, 'too_long');
  }
  return text;
}
