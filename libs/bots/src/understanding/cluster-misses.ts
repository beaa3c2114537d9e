import { foldWords } from './folded-words.js';
import { similarity, trigramsOf } from './trigrams.js';

/** Texts that were not understood and ask for much the same. */
export interface MissCluster {
  /** The text that was written most often. */
  sample: string;
  /** How many messages these are, repeated ones included. */
  count: number;
  /** The different texts, the most frequent first; at most `mostTexts`. */
  texts: string[];
}

interface Saying {
  text: string;
  count: number;
  trigrams: ReadonlySet<string>;
  words: ReadonlySet<string>;
}

const mostSayings = 2_000;
const mostTexts = 20;
const alike = 0.4;

/** Groups misses by what they share, the largest group first: a list that a supervisor can teach from. */
export function clusterMisses(texts: readonly string[]): MissCluster[] {
  const clusters: { lead: Saying; sayings: Saying[] }[] = [];
  for (const saying of sayingsOf(texts)) {
    const [closest] = clusters
      .map((cluster) => ({ cluster, score: likeness(cluster.lead, saying) }))
      .filter(({ score }) => score >= alike)
      .toSorted((one, other) => other.score - one.score);
    if (closest) {
      closest.cluster.sayings.push(saying);
    } else {
      clusters.push({ lead: saying, sayings: [saying] });
    }
  }
  return clusters
    .map(({ lead, sayings }) => ({
      sample: lead.text,
      count: sayings.reduce((sum, { count }) => sum + count, 0),
      texts: sayings.slice(0, mostTexts).map(({ text }) => text),
    }))
    .toSorted((one, other) => other.count - one.count);
}

/** Each text once, however it was spelled, the most frequent first. */
function sayingsOf(texts: readonly string[]): Saying[] {
  const found = new Map<string, Saying>();
  for (const text of texts) {
    const { joined, telling } = foldWords(text);
    const known = found.get(joined);
    if (known) {
      known.count += 1;
    } else if (joined !== '' && found.size < mostSayings) {
      found.set(joined, { text, count: 1, trigrams: trigramsOf(telling.join(' ')), words: new Set(telling) });
    }
  }
  return [...found.values()].toSorted((one, other) => other.count - one.count);
}

function likeness(one: Saying, other: Saying): number {
  return Math.max(similarity(one.trigrams, other.trigrams), similarity(one.words, other.words));
}
