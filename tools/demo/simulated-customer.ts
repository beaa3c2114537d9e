import { chatter, thanks } from './stories/chatter.js';
import { Progress, type Line, type QueueName, type Story } from './story.js';
import { openVoice, type Stage, type Voice } from './voices.js';

/** How long a person thinks before they write, in milliseconds of their own time. */
const thinksMs = { least: 6_000, most: 20_000 };

/** Somebody with a story: says their lines as answers come, whoever gives them, and comes back some time after it is told. */
export class SimulatedCustomer {
  progress: Progress;
  /** What they said, for recognising them where nothing else names them. */
  readonly said: string[] = [];
  private readonly voice: Voice;
  private heard = 0;
  private speaksAt: number | null = null;
  private isSpeaking = false;
  private restsSince: number | null = null;
  private visits = 0;

  constructor(
    readonly story: Story,
    private readonly stage: Stage,
  ) {
    this.progress = new Progress(story);
    this.voice = openVoice(story, stage);
  }

  /** Where their ticket belongs at the moment. */
  get queue(): QueueName {
    return this.progress.story.queue;
  }

  /** It is their turn to begin. */
  get canBegin(): boolean {
    return this.progress.next?.[0] === 'customer' && this.speaksAt === null && !this.isSpeaking;
  }

  isRested(now: number, restMs: number): boolean {
    return this.restsSince !== null && now - this.restsSince > restMs / this.stage.speed;
  }

  begin(now: number): void {
    this.speaksAt = now;
  }

  /** Another question, of those that people have. */
  comeBack(now: number): void {
    const questions = chatter[this.story.locale];
    const [queue, question, answer] = questions[this.visits % questions.length] as (typeof questions)[number];
    const polite = thanks[this.story.locale];
    const live: Line[] =
      this.story.ways[0].by === 'call'
        ? [['customer', '']]
        : [
            ['customer', question],
            ['agent', answer],
            ['customer', polite[this.visits % polite.length] ?? ''],
          ];
    this.visits += 1;
    const { file: _, ...story } = this.story;
    this.progress = new Progress({ ...story, queue: live.length === 1 ? this.story.queue : queue, live });
    this.restsSince = null;
    this.speaksAt = now;
  }

  /** Notices answers, and says what is due. */
  async act(now: number): Promise<void> {
    this.listen(now);
    if (this.speaksAt === null || now < this.speaksAt || this.isSpeaking) {
      return;
    }
    this.speaksAt = null;
    const isFirst = this.said.length === 0;
    const text = this.progress.take('customer');
    if (text === null) {
      return;
    }
    this.isSpeaking = true;
    try {
      this.said.push(text);
      await this.voice.say(text, isFirst ? this.story.file : undefined);
    } finally {
      this.isSpeaking = false;
      this.plan(now);
    }
  }

  close(): void {
    this.voice.close();
  }

  private listen(now: number): void {
    const heard = this.voice.heard();
    if (heard > this.heard) {
      this.heard = heard;
      this.progress.heard();
      this.plan(now);
    }
  }

  private plan(now: number): void {
    if (this.progress.isOver) {
      this.restsSince ??= now;
    } else if (this.progress.next?.[0] === 'customer') {
      const pause = thinksMs.least + Math.random() * (thinksMs.most - thinksMs.least);
      this.speaksAt ??= now + pause / this.stage.speed;
    }
  }
}
