import {
  buttonsOf,
  fileOf,
  isWrittenOut,
  readCall,
  repliedTo,
  textOf,
  type Call,
  type SentButton,
  type SentFile,
} from './bot-api-calls.js';
import { conflictOfPollers, refusal, success } from './bot-api-replies.js';
import { faultsOf } from './bot-api-rules.js';
import { readHtml, type ReadText } from './bot-api-text.js';
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
  /** The text or the caption as it is read, without its marks. */
  text: string;
  entities: ReadText['entities'];
  buttons: SentButton[];
  file: SentFile | null;
  replyTo: number | null;
}

/** `cut_before` hangs up without doing anything, `cut_after` does the work and hangs up without an answer. */
export type BotFault =
  'unauthorized' | 'conflict' | 'rate_limit' | 'refused' | 'bad_format' | 'server_error' | 'cut_before' | 'cut_after';

export interface BotApiOptions {
  port?: number;
  token?: string;
  /** Pause before the first repeat of a webhook that was not taken. */
  retryMs?: number;
  now?: () => Date;
  /** Parameters of an older Bot API that are taken too, as messengers do that copied one. */
  alsoTakes?: string[];
}

/** A file that a customer sends. `as` is how their phone sends it. */
export interface CustomerFile {
  as: 'photo' | 'document' | 'voice' | 'video';
  bytes: Uint8Array;
  name: string;
  mediaType: string;
  caption?: string;
  /** The size that is told, where the bytes stand for more. */
  says?: number;
}

/** A person who talks to the bot. Every act becomes an update; each gives its update_id. */
export interface BotCustomer {
  say(text: string, more?: Record<string, unknown>): number;
  sendFile(file: CustomerFile, more?: Record<string, unknown>): number;
  /** Sends several files as one album: an update each. */
  sendAlbum(files: CustomerFile[]): number[];
  /** Changes the text of a message that they sent, by its number. */
  edit(messageId: number, text: string, more?: Record<string, unknown>): number;
  /** Presses a button under a message of the bot; its keyboard comes along, as the bot set it. */
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
  /** Everything that was called with, in order. */
  asked: { method: string; call: Call }[];
  /** Calls that break the published rules, as `faultsOf` says it. None is expected of Peyk. */
  brokenRules: string[];
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
    asked: bot.asked,
    brokenRules: bot.broken,
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

class StandInBot {
  readonly token: string;
  readonly received: BotDelivery[] = [];
  readonly calls: string[] = [];
  readonly asked: { method: string; call: Call }[] = [];
  readonly broken: string[] = [];
  readonly faults: FaultSwitch<BotFault, { retryAfter: number }> = createFaultSwitch();
  readonly updates: BotUpdates;
  private readonly files = new Map<string, Buffer>();
  private readonly blocked = new Set<number>();
  private readonly now: () => Date;
  private readonly alsoTakes: readonly string[];
  private lastMessageId = 0;

  constructor(options: BotApiOptions) {
    this.token = options.token ?? standInToken;
    this.now = options.now ?? (() => new Date());
    this.alsoTakes = options.alsoTakes ?? [];
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
    const call = await readCall(request);
    this.asked.push({ method, call });
    // A form may say what it calls, as the answer to a webhook must.
    const isBeside = (name: string, value: unknown) =>
      this.alsoTakes.includes(name) || (name === 'method' && value === method);
    const published = Object.fromEntries(Object.entries(call).filter(([name, value]) => !isBeside(name, value)));
    const faults = faultsOf(method, published, isWrittenOut(request));
    if (faults.length > 0) {
      this.broken.push(...faults);
      return refusal(400, `Bad Request: ${faults.join('; ')}`);
    }
    const reply = await this.perform(method, call, request);
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
      editMessageReplyMarkup: () => this.editButtons(call),
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
    const written = textOf(call['text'] ?? call['caption']);
    const read = call['parse_mode'] === 'HTML' ? readHtml(written) : { text: written, entities: [] };
    if (read === null) {
      return refusal(400, "Bad Request: can't parse entities: unsupported start tag");
    }
    const { text, entities } = read;
    const file = fileOf(call['photo'] ?? call['document']);
    const wrong = this.objection(method, { chatId, text, hasFile: file !== null });
    if (wrong !== null) {
      return wrong;
    }
    this.lastMessageId += 1;
    const messageId = this.lastMessageId;
    const replyTo = repliedTo(call['reply_parameters']) ?? (Number(call['reply_to_message_id'] ?? 0) || null);
    const buttons = buttonsOf(call['reply_markup']);
    this.received.push({ chatId, messageId, method, text, entities, buttons, file, replyTo });
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

  private editButtons(call: Call): LoopbackReply {
    const shown = this.received.find(
      ({ chatId, messageId }) => chatId === call['chat_id'] && messageId === call['message_id'],
    );
    if (shown === undefined) {
      return refusal(400, 'Bad Request: message to edit not found');
    }
    shown.buttons = buttonsOf(call['reply_markup']);
    return success(true);
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
      sendFile: (file, more = {}) => say({ ...this.fileContent(file), ...more }),
      sendAlbum: (files) => {
        const media_group_id = `album${String(this.updates.all.length)}`;
        return files.map((file) => say({ ...this.fileContent(file), media_group_id }));
      },
      edit: (message_id, text, more = {}) => {
        const { date } = this.envelope();
        const edited = { message_id, date, edit_date: date, from: person, chat, text, ...more };
        return this.updates.push({ edited_message: edited });
      },
      press: (data, messageId) => {
        const shown = this.received.find((one) => one.chatId === chatId && one.messageId === messageId);
        const keyboard = (shown?.buttons ?? []).map((button) => [{ text: button.text, callback_data: button.data }]);
        const message = { message_id: messageId, date: 0, chat, reply_markup: { inline_keyboard: keyboard } };
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

  private fileContent({ as, bytes, name, mediaType, caption, says }: CustomerFile): Record<string, unknown> {
    const path = `${as}s/file_${String(this.files.size + 1)}`;
    this.files.set(path, Buffer.from(bytes));
    const file = { file_id: `id:${path}`, file_unique_id: path, file_size: says ?? bytes.length };
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
    case 'bad_format':
      return refusal(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 7");
    case 'server_error':
      return refusal(502, 'Bad Gateway');
    case 'cut_before':
      return 'cut';
  }
}
