/**
 * The hub's own sentences, which are English, in the reader's language. A sentence of the hub is its own key; {0}, {1} stand where it
 * names something.
 */
export class HubWords {
  private readonly patterns: { pattern: RegExp; text: string }[];
  private readonly whole: ReadonlyMap<string, string>;

  constructor(sentences: Readonly<Record<string, string>>) {
    const entries = Object.entries(sentences);
    this.whole = new Map(entries);
    this.patterns = entries
      .filter(([sentence]) => sentence.includes('{0}'))
      .map(([sentence, text]) => ({ pattern: patternOf(sentence), text }));
  }

  /** The sentence as it was where nobody has said it in this language yet. */
  say(sentence: string): string {
    const whole = this.whole.get(sentence);
    if (whole !== undefined) {
      return whole;
    }
    for (const { pattern, text } of this.patterns) {
      const named = pattern.exec(sentence);
      if (named) {
        // Isolated, for what is named there is mostly Latin and must not turn the sentence around.
        return text.replace(/\{(\d)\}/gu, (_, index: string) => `\u2068${named[Number(index) + 1] ?? ''}\u2069`);
      }
    }
    return sentence;
  }
}

function patternOf(sentence: string): RegExp {
  const parts = sentence.split(/\{\d\}/u).map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${parts.join('(.+?)')}$`, 'u');
}

let words = new HubWords({});

/** Learns what the hub says in Persian; English readers get it as it is. */
export async function learnHubWords(locale: string): Promise<void> {
  words = new HubWords(locale === 'fa' ? (await import('./problems.fa.json')).default : {});
}

export function sayForHub(sentence: string): string {
  return words.say(sentence);
}
