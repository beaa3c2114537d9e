import { jsonReply, type LoopbackReply } from './loopback-server.js';

/** A message as the account's own list shows it. */
export interface BookedMessage {
  sid: string;
  direction: 'inbound' | 'outbound-api';
  from: string;
  to: string;
  body: string;
  status: string;
  errorCode: number | null;
  service: string | null;
  media: { sid: string; mediaType: string }[];
  at: Date;
}

/** Twilio's books of an account: everything that came and went, whether or not anybody was told of it. */
export class TwilioBooks {
  readonly messages: BookedMessage[] = [];
  private readonly accountSid: string;

  constructor(accountSid: string) {
    this.accountSid = accountSid;
  }

  add(message: BookedMessage): void {
    this.messages.push(message);
  }

  /** How a message ended, without a word to anybody. */
  settle(sid: string, status: string, errorCode: number | null = null): void {
    const message = this.messages.find((one) => one.sid === sid);
    if (message) {
      Object.assign(message, { status, errorCode });
    }
  }

  /** Answers what lies under /Messages; null for any other path. */
  answer(path: string, query: URLSearchParams): LoopbackReply | null {
    if (path === '/Messages.json') {
      return this.page(query);
    }
    const [, sid, files] = /^\/Messages\/(\w+?)(\/Media)?\.json$/.exec(path) ?? [];
    const message = this.messages.find((one) => one.sid === sid);
    if (message === undefined) {
      return null;
    }
    return jsonReply(200, files === undefined ? this.resource(message) : this.filesOf(message));
  }

  /** Newest first, as Twilio lists them. */
  private page(query: URLSearchParams): LoopbackReply {
    const after = new Date(query.get('DateSent>') ?? 0).getTime();
    const size = Number(query.get('PageSize') ?? 50);
    const page = Number(query.get('Page') ?? 0);
    const wanted = this.messages.filter(({ at }) => at.getTime() >= after).toReversed();
    const rows = wanted.slice(page * size, (page + 1) * size);
    const uri = `/2010-04-01/Accounts/${this.accountSid}/Messages.json`;
    const next = new URLSearchParams(query);
    next.set('Page', String(page + 1));
    return jsonReply(200, {
      uri,
      first_page_uri: uri,
      next_page_uri: (page + 1) * size < wanted.length ? `${uri}?${next.toString()}` : null,
      previous_page_uri: null,
      page,
      page_size: size,
      start: page * size,
      end: page * size + rows.length,
      messages: rows.map((message) => this.resource(message)),
    });
  }

  private resource(message: BookedMessage): Record<string, unknown> {
    const { sid, direction, from, to, body, status, errorCode, service, media, at } = message;
    return {
      sid,
      account_sid: this.accountSid,
      messaging_service_sid: service,
      direction,
      from: from === '' ? null : from,
      to,
      body,
      status,
      error_code: errorCode,
      error_message: null,
      num_media: String(media.length),
      num_segments: '1',
      price: null,
      price_unit: 'USD',
      api_version: '2010-04-01',
      date_created: at.toUTCString(),
      date_sent: at.toUTCString(),
      date_updated: at.toUTCString(),
      uri: `/2010-04-01/Accounts/${this.accountSid}/Messages/${sid}.json`,
    };
  }

  private filesOf({ sid, media }: BookedMessage): Record<string, unknown> {
    const home = `/2010-04-01/Accounts/${this.accountSid}/Messages/${sid}/Media`;
    return {
      uri: `${home}.json`,
      media_list: media.map((file) => ({
        sid: file.sid,
        account_sid: this.accountSid,
        parent_sid: sid,
        content_type: file.mediaType,
        uri: `${home}/${file.sid}.json`,
      })),
    };
  }
}
