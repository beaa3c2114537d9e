import { conflictOfPollers, refusal, success } from './bot-api-replies.js';
import { BotUpdates, type Update } from './bot-api-updates.js';
import {
  createFaultSwitch,
  listenOnLoopback,
  type FaultSwitch,
  type LoopbackReply,
  type LoopbackRequest,
} from './loopback-server.js';

/** What went to a customer through the bot, as their phone shows it. */
export interface BotDelivery {
  chatId: number;
  messageId: number;
  method: 'sendMessage' | 'sendPhoto' | 'sendDocument';
  /** The text or the caption. */
  text: string;
  file: { name: string; mediaType: string; bytes: number } | null;
  replyTo: number | null;
}

/** `cut_before` hangs up without doing anything, `cut_after` does the work and hangs up without an answer. */
export type BotFault =
  'unauthorized' | 'conflict' | 'rate_limit' | 'refused' | 'server_error' | 'cut_before' | 'cut_after';

export interface BotApiOptions {
  port?: number;
  token?: string;
  /** Pause before the first repeat of a webhook that was not taken. */
  retryMs?: number;
  now?: () => Date;
}

/** A file that a customer sends. `as` is how their phone sends it. */
export interface CustomerFile {
  as: 'photo' | 'document' | 'voice' | 'video';
  bytes: Uint8Array;
  name: string;
  mediaType: string;
  caption?: string;
}

/** A person who talks to the bot. Every act becomes an update; each gives its update_id. */
export interface BotCustomer {
  say(text: string, more?: Record<string, unknown>): number;
  sendFile(file: CustomerFile): number;
  press(data: string, messageId: number): number;
  /** Blocks the bot: the hub hears it, and sends are refused with 403 until `unblock`. */
  block(): number;
  unblock(): number;
}

export interface BotApiStandIn {
  /** The apiRoot of the channel's settings. */
  url: string;
  token: string;
  /** Everything that customers received, in order. */
  received: BotDelivery[];
  /** Everything that customers sent, in order. */
  sent: Update[];
  /** Names of the methods called, in order; a call inside a webhook's answer counts too. */
  calls: string[];
  faults: FaultSwitch<BotFault, { retryAfter: number }>;
  receivedBy(chatId: number): BotDelivery[];
  customer(chatId: number, name?: string): BotCustomer;
  /** Puts an update of any form into the bot's queue; its update_id is chosen here unless it has one. */
  push(update: Record<string, unknown>): number;
  /** Delivers every webhook so many times more than needed, as Telegram may. */
  repeatWebhooks(times: number): void;
  /** Updates that the bot has not confirmed yet. */
  pending(): number;
  close(): Promise<void>;
}

/** A token of the form that BotFather gives; it opens nothing. */
export const standInToken = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

/** Telegram's Bot API as far as Peyk uses it, on loopback, with customers that can be played. */
export async function startBotApi(options: BotApiOptions = {}): Promise<BotApiStandIn> {
  const bot = new StandInBot(options);
  const server = await listenOnLoopback((request) => bot.answer(request), options.port);
  return {
    url: server.url,
    token: bot.token,
    received: bot.received,
    sent: bot.updates.all,
    calls: bot.calls,
    faults: bot.faults,
    receivedBy: (chatId) => bot.received.filter((delivery) => delivery.chatId === chatId),
    customer: (chatId, name = 'Maryam') => bot.customer(chatId, name),
    push: (update) => bot.updates.push(update),
    repeatWebhooks: (times) => bot.updates.repeat(times),
    pending: () => bot.updates.pending.length,
    close: async () => {
      bot.updates.stop();
      await server.close();
    },
  };
}

type Call = Record<string, unknown>;

class StandInBot {
  readonly token: string;
  readonly received: BotDelivery[] = [];
  readonly calls: string[] = [];
  readonly faults: FaultSwitch<BotFault, { retryAfter: number }> = createFaultSwitch();
  readonly updates: BotUpdates;
  private readonly files = new Map<string, Buffer>();
  private readonly blocked = new Set<number>();
  private readonly now: () => Date;
  private lastMessageId = 0;

  constructor(options: BotApiOptions) {
    this.token = options.token ?? standInToken;
    this.now = options.now ?? (() => new Date());
    this.updates = new BotUpdates(options.retryMs ?? 100, (method) => this.calls.push(method));
  }

  async answer(request: LoopbackRequest): Promise<LoopbackReply> {
    const [, kind, token, rest] = /^\/(bot|file\/bot)([^/]+)\/(.+)$/.exec(request.path) ?? [];
    if (rest === undefined) {
      return refusal(404, 'Not Found');
    }
    if (token !== this.token) {
      return refusal(401, 'Unauthorized');
    }
    if (kind === 'file/bot') {
      const bytes = this.files.get(rest);
      return bytes === undefined ? refusal(404, 'Not Found') : { status: 200, body: bytes };
    }
    return this.call(rest, request);
  }

  private async call(method: string, request: LoopbackRequest): Promise<LoopbackReply> {
    this.calls.push(method);
    const fault = this.faults.take(method);
    if (fault !== null && fault.kind !== 'cut_after') {
      return faultReply(fault.kind, fault.retryAfter ?? 1);
    }
    const reply = await this.perform(method, await readCall(request), request);
    return fault === null ? reply : 'cut';
  }

  private perform(method: string, call: Call, request: LoopbackRequest): LoopbackReply | Promise<LoopbackReply> {
    const methods: Record<string, () => LoopbackReply | Promise<LoopbackReply>> = {
      getMe: () =>
        success({ id: Number(this.token.split(':')[0]), is_bot: true, first_name: 'Peyk', username: 'peyk_bot' }),
      getUpdates: () => this.updates.poll(call, request.gone),
      setWebhook: () => this.updates.setWebhook(call),
      deleteWebhook: () => this.updates.deleteWebhook(),
      getWebhookInfo: () =>
        success({ url: this.updates.webhookUrl, pending_update_count: this.updates.pending.length }),
      answerCallbackQuery: () => success(true),
      sendChatAction: () => success(true),
      sendMessage: () => this.deliver('sendMessage', call),
      sendPhoto: () => this.deliver('sendPhoto', call),
      sendDocument: () => this.deliver('sendDocument', call),
      getFile: () => this.describeFile(String(call['file_id'])),
    };
    return methods[method]?.() ?? refusal(404, 'Not Found: method not found');
  }

  private deliver(method: BotDelivery['method'], call: Call): LoopbackReply {
    const chatId = Number(call['chat_id']);
    const text = textOf(call['text'] ?? call['caption']);
    const file = fileOf(call['photo'] ?? call['document']);
    const wrong = this.objection(method, { chatId, text, hasFile: file !== null });
    if (wrong !== null) {
      return wrong;
    }
    this.lastMessageId += 1;
    const messageId = this.lastMessageId;
    this.received.push({ chatId, messageId, method, text, file, replyTo: repliedTo(call['reply_parameters']) });
    const date = Math.floor(this.now().getTime() / 1000);
    return success({ message_id: messageId, date, chat: { id: chatId, type: 'private' }, text });
  }

  private objection(
    method: BotDelivery['method'],
    { chatId, text, hasFile }: { chatId: number; text: string; hasFile: boolean },
  ): LoopbackReply | null {
    if (this.blocked.has(chatId)) {
      return refusal(403, 'Forbidden: bot was blocked by the user');
    }
    if (!Number.isSafeInteger(chatId) || chatId === 0) {
      return refusal(400, 'Bad Request: chat not found');
    }
    if (method !== 'sendMessage') {
      return objectionToFile(text, hasFile);
    }
    if (text.trim() === '') {
      return refusal(400, 'Bad Request: message text is empty');
    }
    return text.length > 4096 ? refusal(400, 'Bad Request: message is too long') : null;
  }

  private describeFile(fileId: string): LoopbackReply {
    const path = fileId.replace(/^id:/, '');
    const bytes = this.files.get(path);
    if (bytes === undefined) {
      return refusal(400, 'Bad Request: invalid file_id');
    }
    return bytes.length > 20 * 1024 * 1024
      ? refusal(400, 'Bad Request: file is too big')
      : success({ file_id: fileId, file_unique_id: path, file_size: bytes.length, file_path: path });
  }

  customer(chatId: number, name: string): BotCustomer {
    const person = { id: chatId, is_bot: false, first_name: name };
    const chat = { id: chatId, type: 'private', first_name: name };
    const say = (content: Record<string, unknown>) =>
      this.updates.push({ message: { ...this.envelope(), from: person, chat, ...content } });
    const change = (status: string) => {
      const member = { user: { id: Number(this.token.split(':')[0]), is_bot: true, first_name: 'Peyk' }, status };
      const { date } = this.envelope();
      return this.updates.push({ my_chat_member: { chat, from: person, date, new_chat_member: member } });
    };
    return {
      say: (text, more = {}) => say({ text, ...more }),
      sendFile: (file) => say(this.fileContent(file)),
      press: (data, messageId) => {
        const message = { message_id: messageId, date: 0, chat };
        const id = `press-${String(this.updates.all.length + 1)}`;
        return this.updates.push({ callback_query: { id, from: person, chat_instance: '1', data, message } });
      },
      block: () => {
        this.blocked.add(chatId);
        return change('kicked');
      },
      unblock: () => {
        this.blocked.delete(chatId);
        return change('member');
      },
    };
  }

  private envelope(): { message_id: number; date: number } {
    this.lastMessageId += 1;
    return { message_id: this.lastMessageId, date: Math.floor(this.now().getTime() / 1000) };
  }

  private fileContent({ as, bytes, name, mediaType, caption }: CustomerFile): Record<string, unknown> {
    const path = `${as}s/file_${String(this.files.size + 1)}`;
    this.files.set(path, Buffer.from(bytes));
    const file = { file_id: `id:${path}`, file_unique_id: path, file_size: bytes.length };
    const content =
      as === 'photo'
        ? [{ ...file, width: 800, height: 600 }]
        : { ...file, file_name: name, mime_type: mediaType, duration: 1, width: 1, height: 1 };
    return { [as]: content, ...(caption === undefined ? {} : { caption }) };
  }
}

function objectionToFile(caption: string, hasFile: boolean): LoopbackReply | null {
  if (!hasFile) {
    return refusal(400, 'Bad Request: there is no document in the request');
  }
  return caption.length > 1024 ? refusal(400, 'Bad Request: message caption is too long') : null;
}

function faultReply(kind: Exclude<BotFault, 'cut_after'>, retryAfter: number): LoopbackReply {
  switch (kind) {
    case 'unauthorized':
      return refusal(401, 'Unauthorized');
    case 'conflict':
      return conflictOfPollers();
    case 'rate_limit':
      return refusal(429, `Too Many Requests: retry after ${String(retryAfter)}`, { retry_after: retryAfter });
    case 'refused':
      return refusal(400, 'Bad Request: chat not found');
    case 'server_error':
      return refusal(502, 'Bad Gateway');
    case 'cut_before':
      return 'cut';
  }
}

async function readCall(request: LoopbackRequest): Promise<Call> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(request.body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(form);
  }
  if (type.startsWith('application/json')) {
    return request.body.length === 0 ? {} : (JSON.parse(request.body.toString('utf8')) as Call);
  }
  return Object.fromEntries([...request.query, ...new URLSearchParams(request.body.toString('utf8'))]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function fileOf(value: unknown): BotDelivery['file'] {
  return value instanceof File ? { name: value.name, mediaType: value.type, bytes: value.size } : null;
}

function repliedTo(value: unknown): number | null {
  const parameters: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return typeof parameters === 'object' && parameters !== null && 'message_id' in parameters
    ? Number(parameters.message_id)
    : null;
}
