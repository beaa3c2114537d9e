import type { FieldChoiceView, FieldWordsView } from './ticket-property-views.js';

export type AttributeKindView = 'text' | 'number' | 'date' | 'birthday' | 'choice' | 'choices' | 'region' | 'yes_no';
export type AttributeValueView = string | number | boolean | string[];

/** What may be known of a customer. Days are YYYY-MM-DD of the Gregorian calendar. */
export interface CustomerAttributeView {
  id: string;
  /** Its name in rules, segments, imports and the API; never changes, nor does the kind. */
  key: string;
  kind: AttributeKindView;
  name: FieldWordsView;
  choices: FieldChoiceView[];
  /** It takes no new values; old ones are shown. */
  isRetired: boolean;
  position: number;
  version: number;
}

export interface PurchaseView {
  id: string;
  source: string;
  /** Its name there; one purchase per source and name. */
  externalId: string;
  /** In minor units of the currency: cents, and whole rials. */
  amount: number;
  currency: string;
  at: string;
  items: string;
}

/** What is known of a person besides what they wrote. */
export interface CustomerKnowledgeView {
  values: Record<string, AttributeValueView>;
  purchases: {
    count: number;
    spent: { currency: string; amount: number }[];
    lastAt: string | null;
    /** The latest five. */
    lately: PurchaseView[];
  };
  tier: CustomerTierView;
}

/** Why somebody has the tier that they have. */
export interface CustomerTierView {
  tier: number;
  /** hand: somebody set it, and it stays · value: by what they bought · none: nothing was decided yet. */
  source: 'hand' | 'value' | 'none';
  /** Who set it; null also where that is not known any more. */
  by: string | null;
  at: string | null;
  score: TierScoreView | null;
}

export interface TierScoreView {
  tier: number;
  /** 0 to 100. */
  score: number;
  /** 0 to 4 each. */
  points: { recency: number; frequency: number; value: number };
  facts: { daysSinceLast: number | null; purchases: number; spent: number };
}

/** What became of a purchase that was sent. `at`: its place in the list. */
export interface PurchaseRefusedView {
  at: number;
  field: string;
  code: string;
}

export interface PurchasesTakenView {
  created: number;
  changed: number;
  unchanged: number;
  /** These were not taken; all others were. */
  refused: PurchaseRefusedView[];
}

/** A test {field, op, ...}, or {all: [...]}, {any: [...]}, {not: ...} of conditions. */
export type SegmentConditionView = Record<string, unknown>;

export interface SegmentView {
  id: string;
  name: string;
  condition: SegmentConditionView;
  version: number;
  /** How many were in it when that was last counted; null: never, or not in time. */
  counted: number | null;
  countedAt: string | null;
  changedAt: string;
  /** Attributes and queues that it asks about and that are gone, or null where it cannot be read any more. */
  missing: string[] | null;
}

/** How many customers fulfil a condition. */
export interface SegmentCountView {
  /** null: counting took longer than is waited for. */
  count: number | null;
}

/** The conditions of a segment again, each with whether it holds; a test with what it saw. */
export type SegmentWhyView = { holds: boolean } & Record<string, unknown>;

export interface SegmentMemberView {
  customerId: string;
  conversationId: string;
  name: string;
  why: SegmentWhyView;
}

/** Some who are in a segment, the ones that we know longest first. */
export interface SegmentPreviewView {
  rows: SegmentMemberView[];
  /** Not everybody was looked at: there are, or may be, others. */
  hasMore: boolean;
}

export type ImportKindView = 'attributes' | 'purchases';
export type ImportEncodingView = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256';

/**
 * How a file is read. columns: what each column is, in the order of the file. '': nothing · phone, email, external_id: who it is ·
 * name, locale · attribute:<key> · purchase_id, amount, currency, at, items.
 */
export interface ImportTermsView {
  encoding: ImportEncodingView;
  delimiter: ',' | ';' | '\t' | '|';
  hasHeader: boolean;
  columns: string[];
  /** Whoever is not found becomes a customer. */
  createMissing: boolean;
  /** Of purchases: where they come from. */
  source: string;
  /** Of purchases without a currency of their own. IRT: Toman, which are kept as rials. */
  currency: string;
}

export interface ImportView {
  id: string;
  kind: ImportKindView;
  name: string;
  bytes: number;
  terms: ImportTermsView;
  state: 'draft' | 'running' | 'done' | 'failed' | 'stopped';
  /** A code of what made it fail; '' otherwise. */
  why: string;
  linesDone: number;
  /** From 0 to 1, by the bytes that were read. */
  progress: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  startedBy: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** A line that cannot be taken, and why. */
export interface ImportFaultView {
  line: number;
  /** What the column is. */
  field: string;
  code: string;
  value: string;
}

/** The first lines as they would be read. */
export interface ImportPreviewView {
  terms: ImportTermsView;
  header: string[];
  rows: { line: number; cells: string[]; read: Record<string, unknown>; faults: ImportFaultView[] }[];
  /** What is wrong with the choice of columns: nothing can be started with it. Codes. */
  problems: string[];
}

export interface TierTermsView {
  windowDays: number;
  currency: string;
  recency: number[];
  frequency: number[];
  value: number[];
  weights: { recency: number; frequency: number; value: number };
  tiers: { tier: number; atLeast: number }[];
}

export interface TierSettingsView {
  enabled: boolean;
  terms: TierTermsView;
  version: number;
  /** When tiers are worked out next; null: never. */
  dueAt: string | null;
  isRunning: boolean;
  lastRun: { at: string; looked: number; changed: number; byHand: number } | null;
}

/** How many would have which tier. */
export interface TierPreviewView {
  tiers: { tier: number; people: number }[];
  /** Who has a tier that was set by hand, and keeps it. */
  byHand: number;
}
