import type { DraftFrame, DraftView } from '#contract';
import {
  draftKey,
  isBegun,
  learnDraft,
  markKept,
  useDrafts,
  type Draft,
  type WritingKind,
} from '../../../api/drafts.js';
import { keptDrafts } from '../../../api/kept-drafts.js';
import { isProblem } from '../../../api/problem.js';

/** After the last letter; a pause, not every word. */
const restMs = 800;
/** Where nobody answered. */
const retryMs = 10_000;

/** This window, so that it knows its own changes when they come back. */
const ownWindow = crypto.randomUUID();

/**
 * Brings what is written here to the hub a moment after it was written, and at once when the window is left. What cannot be brought stays
 * marked, over reloads too, and is brought when `bringAll` is next called.
 */
export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private bringing: Promise<void> | null = null;
  /** What the hub will not have: it stays in this browser, and is not offered again as it is. */
  private readonly refused = new WeakSet<Draft>();

  /** `writer`: whose drafts these are. In a window where somebody else has begun to write, what was under way for them comes to nothing. */
  constructor(
    private readonly writer: string,
    private readonly onChange: () => void,
  ) {}

  /** @returns what ends it. */
  start(): () => void {
    const stop = useDrafts.subscribe(({ unkept }, before) => {
      if (unkept !== before.unkept && Object.keys(unkept).length > 0) {
        this.bringIn(restMs);
      }
    });
    const leave = () => void this.bringAll();
    window.addEventListener('blur', leave);
    window.addEventListener('pagehide', leave);
    return () => {
      stop();
      clearTimeout(this.timer);
      window.removeEventListener('blur', leave);
      window.removeEventListener('pagehide', leave);
    };
  }

  bringAll(): Promise<void> {
    this.bringing ??= this.bringEach().finally(() => {
      this.bringing = null;
      this.onChange();
    });
    return this.bringing;
  }

  private bringIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.bringAll(), ms);
  }

  /**
   * Asks the hub what it has: drafts of other windows come in, and those that were sent or dropped elsewhere go. What is written here while
   * it is asked stays.
   */
  async compare(): Promise<void> {
    await this.bringAll();
    const { drafts: before } = useDrafts.getState();
    const views = await keptDrafts.list();
    if (!this.isWriting()) {
      return;
    }
    const theirs = Map.groupBy(views, ({ conversationId, kind }) => draftKey(conversationId, kind));
    const isAsItWas = (key: string) => useDrafts.getState().drafts[key] === before[key];
    const all = [...new Set([...Object.keys(before), ...theirs.keys()])];
    all.filter(isAsItWas).forEach((key) => learnDraft(key, together(theirs.get(key) ?? [])));
  }

  hear({ conversationId, kind, content, window: other }: DraftFrame): void {
    if (other !== ownWindow && this.isWriting()) {
      learnDraft(draftKey(conversationId, kind), content as Draft | null);
      this.onChange();
    }
  }

  private async bringEach(): Promise<void> {
    for (const key of Object.keys(useDrafts.getState().unkept)) {
      const draft = useDrafts.getState().drafts[key];
      if (this.isWriting() && !(draft && this.refused.has(draft))) {
        const outcome = await bring(key, draft);
        if (this.isWriting()) {
          this.settle(key, draft, outcome);
        }
      }
    }
  }

  private isWriting(): boolean {
    return useDrafts.getState().writer === this.writer;
  }

  private settle(key: string, draft: Draft | undefined, outcome: Outcome): void {
    if (outcome === 'unanswered') {
      this.bringIn(retryMs);
      return;
    }
    if (outcome === 'refused' && draft && isBegun(draft)) {
      this.refused.add(draft);
    } else {
      markKept(key, draft);
    }
    if (useDrafts.getState().drafts[key] !== draft) {
      // It was changed, or sent, while its older words were on their way.
      this.bringIn(restMs);
    }
  }
}

type Outcome = 'kept' | 'refused' | 'unanswered';

async function bring(key: string, draft: Draft | undefined): Promise<Outcome> {
  const [conversation, kind] = key.split(':') as [string, WritingKind];
  try {
    await (isBegun(draft)
      ? keptDrafts.keep(conversation, { kind, content: draft, window: ownWindow, joined: draft.joined })
      : keptDrafts.drop(conversation, { kind, window: ownWindow }));
    return 'kept';
  } catch (error) {
    // A conversation that is not the writer's any more, or words that are too many, stay in this browser.
    const { status } = isProblem(error) ? error : { status: 0 };
    return status >= 400 && status < 500 && status !== 401 && status !== 429 ? 'refused' : 'unanswered';
  }
}

/** Two people who became one may have brought a draft each: nothing of either is lost. */
function together([latest, ...others]: readonly DraftView[]): Draft | null {
  if (!latest) {
    return null;
  }
  const first = latest.content as unknown as Draft;
  if (others.length === 0) {
    return first;
  }
  const all = [first, ...others.map(({ content }) => content as unknown as Draft)];
  const body = all.map((draft) => draft.body).filter((text) => text !== '');
  return {
    ...first,
    body: body.join('\n\n'),
    attachments: all.flatMap(({ attachments }) => attachments),
    joined: true,
  };
}
