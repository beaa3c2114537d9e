import type { FieldWordsView } from './ticket-property-views.js';

/** yes_no: 1 is yes, 0 is no, null is not applicable. one_to_five: 1 to 5. */
export type QuestionKind = 'yes_no' | 'one_to_five';

export interface QuestionView {
  /** Stays with the question from version to version. */
  id: string;
  name: FieldWordsView;
  kind: QuestionKind;
  /** What it counts beside the others. */
  weight: number;
  /** Failing it (no, or 1 of 5) fails the whole review. */
  critical: boolean;
}

/** What the organisation looks at in a conversation. */
export interface ScorecardView {
  name: FieldWordsView;
  /** Counts up with every change. A sample keeps the one it was drawn with. */
  version: number;
  questions: QuestionView[];
}

/** Which tickets a sample is drawn from: those solved in a time. An empty list means all. */
export interface SampleWish {
  /** Days of `zone`, both included. */
  from: string;
  to: string;
  zone: string;
  /** How many of each agent at most. */
  perAgent: number;
  agentIds: string[];
  queueIds: string[];
  channelIds: string[];
}

export interface SampleView {
  id: string;
  name: string;
  by: { id: string; name: string };
  at: string;
  wish: SampleWish;
  /** With the same tickets the seed draws the same again. Null, as `population`, for whoever oversees some queues and did not draw it. */
  seed: string | null;
  /** Of how many it was drawn. */
  population: number | null;
  /** Of the tickets in it, those that the reader may read. */
  tickets: number;
  /** Those that somebody reviewed. */
  reviewed: number;
}

export interface SampleTicketView {
  ticket: { id: string; number: number; prefix: string; subject: string };
  /** The person, by their root's conversation; null: they may not be read any more, or were erased. */
  conversation: string | null;
  customerName: string | null;
  queue: { id: string; name: string };
  /** Whose work is reviewed. */
  agent: { id: string; name: string };
  /** It is the reader's own work: somebody else reviews it. */
  isOwn: boolean;
  /** The one that counts; null: not reviewed. */
  review: { id: string; total: number | null; failed: boolean } | null;
}

export interface SampleDetailView extends SampleView {
  scorecard: ScorecardView;
  /** In the order in which they were drawn: one of each agent, then another of each. */
  list: SampleTicketView[];
}

export interface ScoreView {
  questionId: string;
  score: number | null;
}

/** What somebody made of a ticket. It never changes; another takes its place once it was reopened. */
export interface ReviewView {
  id: string;
  sample: { id: string; name: string };
  /** null: the reader may not read this person any more. */
  conversation: string | null;
  ticket: { id: string; number: number; prefix: string };
  agent: { id: string; name: string };
  reviewer: { id: string; name: string };
  scorecard: ScorecardView;
  scores: ScoreView[];
  comment: string;
  /** Per cent, weighted; null where nothing was applicable, 0 where a critical question failed. */
  total: number | null;
  failed: boolean;
  givenAt: string;
  /** What the agent said to it, once; null: nothing yet. */
  answer: { text: string; at: string } | null;
  /** Null: it counts. */
  reopened: { reason: string; at: string; by: { id: string; name: string } } | null;
}

export type ResultsBy = 'agent' | 'question' | 'week';

export interface ResultRow {
  /** The agent, the question, or the first day of the week. */
  key: string;
  /** Of an agent. */
  name: string | null;
  /** Of a question, as it was asked last. */
  words: FieldWordsView | null;
  reviews: number;
  /** Per cent, on average of the reviews that have a total or a score here; null: none has. */
  average: number | null;
  /** Reviews that failed by a critical question; of a question, those in which it was not reached at all. */
  failed: number;
}

/** What the reviews of a time say on average. */
export interface ResultsView {
  by: ResultsBy;
  rows: ResultRow[];
  total: { reviews: number; average: number | null; failed: number };
}
