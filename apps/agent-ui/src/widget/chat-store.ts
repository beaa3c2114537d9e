import type { VisitorCalls, VisitorFormCall, VisitorMessage, VisitorStanding } from '#contract';
import { nothingRead, raised, type ChatState, type FormOutcome, type StorePage } from './chat-state.js';
import type { Locale } from './locale.js';
import { newId } from './new-id.js';
import type { HeardMessage } from './peyk-chat.js';
import { StandingWatch } from './standing-watch.js';
import {
  acknowledge,
  applyCatchUp,
  applyFrame,
  countUnread,
  emptyTimeline,
  isBehind,
  lastSeqOf,
  markWaiting,
  nextToSend,
  writeMessage,
  type SentFile,
  type Timeline,
  type Waiting,
} from './timeline.js';
import { TypingSignal } from './typing-signal.js';
import type { Still } from './still-chat.js';
import { VisitorLink } from './visitor-link.js';
import type { VisitorMemory } from './visitor-memory.js';

/** Refusals that sending again cannot change. */
const finalCodes = new Set(['invalid', 'empty', 'too_long', 'no_attachments', 'file_gone', 'forbidden']);
const mostTries = 8;
const frameMs = 1_500;
const askAgainMs = 2_000;
const typingMs = { least: 2_000, most: 8_000 };

/** The chat's state and everything that changes it: what the visitor does, and what comes over the link. */
export class ChatStore {
  state: ChatState;
  private readonly watchers = new Set<() => void>();
  private readonly link: VisitorLink;
  private readonly signal: TypingSignal;
  private readonly standings: StandingWatch;
  /** What this connection was told. */
  private toldSeen = 0;
  private isFlushing = false;
  private isCatchingUp = false;
  private typingEnd: ReturnType<typeof setTimeout> | undefined;
  private readonly stopListening: () => void;

  constructor(
    where: { hub: string; channel: string; locale: Locale; still?: Still | undefined },
    private readonly memory: VisitorMemory,
    private readonly page: StorePage,
  ) {
    this.state = {
      timeline: { ...emptyTimeline, waiting: memory.waiting },
      link: 'connecting',
      isLoaded: false,
      typing: null,
      isOpen: false,
      locale: where.locale,
      unread: 0,
      standing: null,
      receipts: nothingRead,
    };
    this.link = new VisitorLink({ ...where, locale: () => this.state.locale }, memory, {
      up: () => void this.cameUp(),
      down: () => this.change({ link: 'down', typing: null }),
      refused: () => this.change({ link: 'refused', isLoaded: true }),
      replaced: () => page.replaced(),
      identity: (told) => page.identity(told),
      messages: (frame) => this.receive(frame),
      typing: ({ until, name }) => this.showTyping(until, name),
      read: ({ seq }) => this.change({ receipts: raised(this.state.receipts, { delivered: seq, read: seq }) }),
      'queue.position': (frame) => this.standings.move(this.state.standing, frame),
    });
    this.signal = new TypingSignal((on) => this.link.typing(on));
    this.standings = new StandingWatch({
      mayAsk: () => this.link.isUp && this.state.isOpen && !document.hidden,
      isWaiting: () => this.waitsForSomebody,
      ask: () => this.askStanding(),
      tell: (standing) => this.change({ standing, receipts: raised(this.state.receipts, standing) }),
    });
    this.stopListening = memory.onElsewhere((what) => {
      if (what === 'seen') {
        this.change({});
      } else {
        page.lost(what);
      }
    });
    this.link.start();
  }

  /** The channel's name, '' until it is known. */
  get name(): string {
    return this.memory.session?.name ?? '';
  }

  /** What the channel says first; '' for the chat's own words. */
  get greeting(): string {
    return this.memory.session?.greeting ?? '';
  }

  /** What was written and not sent, in this tab. */
  get draft(): string {
    return this.memory.draft;
  }

  keepDraft(text: string): void {
    this.memory.keepDraft(text);
  }

  get token(): string | null {
    return this.memory.session?.token ?? null;
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  open(isOpen: boolean): void {
    this.memory.keepOpen(isOpen);
    this.change({ isOpen });
    if (isOpen) {
      void this.standings.now();
    } else {
      this.signal.stop();
    }
  }

  speak(locale: Locale): void {
    this.change({ locale });
    void this.standings.now();
  }

  /** The page is in front again, perhaps after a long sleep: what the timers and the line missed is asked for at once. */
  wake(): void {
    if (this.link.isUp && this.state.isLoaded) {
      void this.catchUp().then(() => this.flush());
      void this.standings.now();
    }
  }

  write(body: string, more: { files?: readonly SentFile[]; choice?: { id: string; of: string } } = {}): void {
    const message = { id: newId(), body, at: new Date().toISOString(), ...more };
    this.signal.stop();
    this.setTimeline(writeMessage(this.state.timeline, message), message.id);
    void this.flush();
  }

  retry(id: string): void {
    this.setTimeline(markWaiting(this.state.timeline, id, { state: 'waiting' }), id);
    void this.flush();
  }

  /** Fills in a form; the same `id` again is the same form. */
  async fillIn(form: Omit<VisitorFormCall, 'locale'>): Promise<FormOutcome> {
    type Stored = { seq: number; rev: number; link: string | null };
    const answer = await this.link.tell<Stored>('form', { ...form, locale: this.state.locale });
    if (!answer?.ok) {
      return { ok: false, code: answer?.code ?? 'down' };
    }
    await this.catchUp();
    await this.standings.now();
    return { ok: true, link: answer.value.link };
  }

  /** Asks to be called or texted when it is their turn; a null way takes it back. @returns what was not taken; null when it was. */
  async callBack(wish: Parameters<VisitorCalls['callback']>[0]): Promise<string | null> {
    const answer = await this.link.ask('callback', wish);
    await this.standings.now();
    return answer?.ok ? null : (answer?.code ?? 'down');
  }

  keystroke(): void {
    this.signal.keystroke();
  }

  /** Everything on the screen was in front of the visitor. */
  looked(): void {
    const seq = lastSeqOf(this.state.timeline);
    if (seq > this.memory.seen) {
      this.memory.keepSeen(seq);
      this.change({});
    }
    if (this.memory.seen > this.toldSeen && this.link.isUp) {
      this.toldSeen = this.memory.seen;
      this.link.seen(this.toldSeen);
    }
  }

  close(): void {
    this.stopListening();
    clearTimeout(this.typingEnd);
    this.standings.stop();
    this.link.close();
    this.watchers.clear();
  }

  /** The page says who is there. */
  identify(): void {
    this.link.identify();
  }

  private async cameUp(): Promise<void> {
    this.toldSeen = 0;
    this.change({ link: 'up' });
    void this.standings.now();
    await this.catchUp();
    await this.flush();
  }

  private async askStanding(): Promise<VisitorStanding | null> {
    const answer = await this.link.ask<VisitorStanding>('standing', { locale: this.state.locale });
    return answer?.ok ? answer.value : null;
  }

  private get waitsForSomebody(): boolean {
    const { standing, timeline, receipts } = this.state;
    const mine = timeline.messages.findLast(({ from }) => from === 'me')?.seq ?? 0;
    return !standing?.isOpen || standing.queue !== null || mine > receipts.read;
  }

  private receive(frame: { since: number; rev: number; messages: VisitorMessage[] }): void {
    const before = this.state.timeline;
    this.setTimeline(applyFrame(before, frame));
    this.tellNews(before);
    if (isBehind(this.state.timeline)) {
      void this.catchUp();
    } else if (frame.messages.some(({ from, delivery }) => from !== 'me' && delivery === 'sent')) {
      // Asking for it once more is how the hub learns that it arrived, also while nobody looks.
      void this.link.catchUp(frame.since);
    }
  }

  /** Asks for what changed until nothing newer is known of. An answer without progress ends it: the next frame starts it again. */
  private async catchUp(): Promise<void> {
    if (this.isCatchingUp) {
      return;
    }
    this.isCatchingUp = true;
    while (await this.askOnce()) {
      // Each round moves the timeline on or waits a while.
    }
    this.isCatchingUp = false;
  }

  /** Whether to ask again. */
  private async askOnce(): Promise<boolean> {
    const before = this.state.timeline;
    const answer = await this.link.catchUp(before.rev);
    if (!answer?.ok) {
      await pause(this.link.isUp ? askAgainMs : 0);
      return this.link.isUp;
    }
    this.setTimeline(applyCatchUp(this.state.timeline, answer.value));
    this.tellNews(before);
    this.change({ isLoaded: true });
    return isBehind(this.state.timeline) && this.state.timeline.rev > before.rev;
  }

  /** Sends what waits, one after the other. */
  private async flush(): Promise<void> {
    if (this.isFlushing) {
      return;
    }
    this.isFlushing = true;
    const tries = new Map<string, number>();
    for (let next = nextToSend(this.state.timeline); next && this.link.isUp; next = nextToSend(this.state.timeline)) {
      tries.set(next.id, (tries.get(next.id) ?? 0) + 1);
      await this.send(next, tries.get(next.id) ?? 1);
    }
    this.isFlushing = false;
  }

  private async send({ id, body, files, choice }: Waiting, tried: number): Promise<void> {
    this.setTimeline(markWaiting(this.state.timeline, id, { isTried: true }), id);
    const attachmentIds = files?.map((file) => file.id);
    const answer = await this.link.tell<{ seq: number; rev: number }>('say', {
      id,
      body,
      ...(attachmentIds && { attachmentIds }),
      ...(choice && { choice }),
    });
    if (answer?.ok) {
      this.setTimeline(acknowledge(this.state.timeline, id, answer.value.seq));
      this.memory.dropWaiting(id);
      this.expectFrameOf(id);
      this.standings.soon();
    } else if (answer && (finalCodes.has(answer.code) || tried >= mostTries)) {
      this.setTimeline(markWaiting(this.state.timeline, id, { state: 'failed' }), id);
    } else if (this.link.isUp) {
      await pause(Math.min(500 * 2 ** tried, 30_000));
    }
  }

  /** What was stored is shown by its frame; should that not come, it is asked for. */
  private expectFrameOf(id: string): void {
    setTimeout(() => {
      if (this.state.timeline.waiting.some((one) => one.id === id)) {
        void this.catchUp();
      }
    }, frameMs);
  }

  private showTyping(until: string, name: string): void {
    // The visitor's clock may be wrong, so the hub's instant only says roughly how long.
    const ms = Math.min(Math.max(Date.parse(until) - Date.now(), typingMs.least), typingMs.most);
    clearTimeout(this.typingEnd);
    this.typingEnd = setTimeout(() => this.change({ typing: null }), ms);
    this.change({ typing: name });
  }

  private tellNews(before: Timeline): void {
    const after = this.state.timeline;
    const news = after.messages.filter(({ from, seq }) => from !== 'me' && seq > lastSeqOf(before));
    if (news.length === 0) {
      return;
    }
    this.change({ typing: null });
    this.standings.soon();
    if (this.state.isLoaded) {
      news.forEach(({ id, from, name, body, at }) =>
        this.page.hear({ id, from: from as HeardMessage['from'], name, body, at }),
      );
    }
  }

  private setTimeline(timeline: Timeline, changed?: string): void {
    const waiting = timeline.waiting.find(({ id }) => id === changed);
    if (waiting) {
      this.memory.keepWaiting(waiting);
    }
    const settled = this.state.timeline.waiting.filter(({ id }) =>
      timeline.messages.some((message) => message.id === id),
    );
    settled.forEach(({ id }) => this.memory.dropWaiting(id));
    this.change({ timeline });
  }

  private change(change: Partial<ChatState>): void {
    const state = { ...this.state, ...change };
    this.state = { ...state, unread: countUnread(state.timeline, this.memory.seen) };
    this.watchers.forEach((watcher) => watcher());
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
