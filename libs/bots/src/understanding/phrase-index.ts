import MiniSearch from 'minisearch';
import { foldWords, hasPhrase, type FoldedWords } from './folded-words.js';
import { similarity, trigramsOf } from './trigrams.js';

/** A phrase and whose it is. A keyword is enough by itself wherever it stands in a text; an example is one way to say the whole. */
export interface OwnedPhrase {
  owner: string;
  phrase: string;
  isKeyword: boolean;
}

export interface OwnerScore {
  owner: string;
  /** 0 to 1. */
  score: number;
}

interface Entry extends OwnedPhrase {
  id: number;
  words: FoldedWords;
  trigrams: ReadonlySet<string>;
}

/** A text that holds a keyword, and one that is it. */
const held = 0.9;
/** A keyword that stands there only as part of a longer one of somebody else. */
const outdone = 0.5;
/** The weight of what the text and the phrase have of one another. */
const brief = 0.95;
const mostRanked = 30;
/** With more phrases than this, only those that share words with the text are compared letter by letter. */
const fewPhrases = 300;

/**
 * Whose phrases a text is most like: the best of a keyword in it, of its words ranked by how telling they are with letters allowed to be
 * wrong, and of the pieces of three letters that it shares. The score of a phrase written exactly as it stands is 1.
 */
export class PhraseIndex {
  private readonly entries: Entry[];
  private readonly byId: ReadonlyMap<number, Entry>;
  private readonly search: MiniSearch<{ id: number; words: string }>;
  private readonly ownScores = new Map<number, number>();

  constructor(phrases: readonly OwnedPhrase[]) {
    this.entries = phrases
      .map((phrase, id) => {
        const words = foldWords(phrase.phrase);
        return { ...phrase, id, words, trigrams: trigramsOf(words.telling.join(' ')) };
      })
      .filter(({ words }) => words.joined !== '');
    this.byId = new Map(this.entries.map((entry) => [entry.id, entry]));
    this.search = new MiniSearch({
      fields: ['words'],
      tokenize: (text) => text.split(' '),
      processTerm: (word) => (word === '' ? null : word),
      searchOptions: {
        combineWith: 'OR',
        fuzzy: (word) => (word.length > 3 ? 0.25 : false),
        prefix: (word) => word.length > 3,
        weights: { fuzzy: 0.9, prefix: 0.7 },
      },
    });
    this.search.addAll(this.entries.map(({ id, words }) => ({ id, words: words.telling.join(' ') })));
  }

  /** The owners of which anything is in the text, the best first. Equal ones stand in the order in which they were given. */
  rank(text: string): OwnerScore[] {
    const words = foldWords(text);
    if (words.joined === '') {
      return [];
    }
    const scores = new Map<string, number>();
    const raise = (owner: string, score: number): void => {
      scores.set(owner, Math.max(score, scores.get(owner) ?? 0));
    };
    this.keywordScores(words).forEach(({ owner, score }) => raise(owner, score));
    this.wordScores(words).forEach(({ owner, score }) => raise(owner, score));
    this.letterScores(words).forEach(({ owner, score }) => raise(owner, score));
    return [...scores]
      .map(([owner, score]) => ({ owner, score: Math.round(Math.min(1, score) * 1_000) / 1_000 }))
      .filter(({ score }) => score > 0)
      .toSorted((one, other) => other.score - one.score);
  }

  /** Those whose phrase is the text, in any spelling. */
  same(text: string): string[] {
    const { joined } = foldWords(text);
    return [...new Set(this.entries.filter(({ words }) => words.joined === joined).map(({ owner }) => owner))];
  }

  private keywordScores(text: FoldedWords): OwnerScore[] {
    const owners = new Map<string, Set<string>>();
    for (const { owner, isKeyword, words } of this.entries) {
      if (words.joined === text.joined || (isKeyword && hasPhrase(text, words.joined))) {
        owners.set(words.joined, (owners.get(words.joined) ?? new Set()).add(owner));
      }
    }
    return [...owners].flatMap(([phrase, own]) => {
      const isWhole = phrase === text.joined;
      const others = isWhole ? [] : longerOwners(owners, phrase);
      return [...own].map((owner) => ({
        owner,
        score: isWhole ? 1 : others.some((one) => one.size > 1 || !one.has(owner)) ? outdone : held,
      }));
    });
  }

  /**
   * How much of a phrase is in the text, and of the text in the phrase. Most count the phrase: found whole among other words, it is
   * meant. But a text of a single word that is all in one phrase is meant by half, so that people may be brief.
   */
  private wordScores({ telling }: FoldedWords): OwnerScore[] {
    const words = [...new Set(telling)];
    return this.search
      .search(words.join(' '))
      .slice(0, mostRanked)
      .flatMap(({ id, score, queryTerms }) => {
        const entry = this.byId.get(id as number);
        if (!entry) {
          return [];
        }
        const ofPhrase = Math.min(1, plain(score, queryTerms) / this.ownScore(entry.id, entry.words.telling.join(' ')));
        const ofText = new Set(queryTerms).size / words.length;
        return [
          {
            owner: entry.owner,
            score: Math.max(ofPhrase * (0.7 + 0.28 * ofText), brief * Math.sqrt(ofPhrase * ofText)),
          },
        ];
      });
  }

  private ownScore(id: number, words: string): number {
    const known = this.ownScores.get(id);
    if (known !== undefined) {
      return known;
    }
    const [own] = this.search.search(words, { filter: (result) => result.id === id, fuzzy: false, prefix: false });
    const score = own ? plain(own.score, own.queryTerms) : 1;
    this.ownScores.set(id, score);
    return score;
  }

  private letterScores({ telling }: FoldedWords): OwnerScore[] {
    if (this.entries.length > fewPhrases) {
      return [];
    }
    const trigrams = trigramsOf(telling.join(' '));
    return this.entries.map((entry) => ({ owner: entry.owner, score: similarity(trigrams, entry.trigrams) }));
  }
}

/** Whose phrases hold a phrase as a part of them. */
function longerOwners(owners: ReadonlyMap<string, ReadonlySet<string>>, phrase: string): ReadonlySet<string>[] {
  return [...owners].flatMap(([longer, own]) => (longer !== phrase && longer.includes(phrase) ? [own] : []));
}

/** The engine multiplies a score by the number of words that were found, which would count them twice. */
function plain(score: number, found: readonly string[]): number {
  return score / Math.max(1, found.length);
}
