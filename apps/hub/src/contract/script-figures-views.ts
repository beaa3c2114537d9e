import type { ScriptChannelView, ScriptProblemView } from './script-views.js';

/** What customers said and no script understood, put together by likeness. */
export interface ScriptMissClusterView {
  /** Of its members. */
  ids: string[];
  /** The one that stands for them, with numbers and addresses taken out. */
  text: string;
  /** Further wordings, at most five. */
  examples: string[];
  count: number;
  locale: 'en' | 'fa';
  scriptId: string;
  scriptName: string;
  /** Where it happened most. */
  node: string;
  lastAt: string;
}

/** Figures of a script over a span. Shares are of those that started, 0 to 1. */
export interface ScriptFiguresView {
  from: string;
  to: string;
  started: number;
  /** The customer said anything. */
  engaged: number;
  handedOff: number;
  /** Ended with no person needed, and nobody came back within 72 hours. */
  contained: number;
  /** Seemed so, but the customer came back within 72 hours, or was not content. */
  falselyContained: number;
  /** Left in the middle. */
  dropped: number;
  failed: number;
  medianTurns: number | null;
  /** Turns in which the customer was not understood, of those with words of theirs. */
  missRate: number | null;
  medianSecondsToPerson: number | null;
  handoffReasons: { reason: string; count: number }[];
  nodes: ScriptNodeFiguresView[];
  versions: {
    version: number;
    versionId: string;
    started: number;
    contained: number;
    handedOff: number;
    dropped: number;
  }[];
  channels: { channel: ScriptChannelView; started: number; contained: number; handedOff: number }[];
}

export interface ScriptNodeFiguresView {
  node: string;
  visits: number;
  /** Sessions that were left here. */
  dropped: number;
  misses: number;
  /** How often each option was taken. */
  options: { option: string; count: number }[];
}

/** One exchange of a talk that was, and what the draft would have said instead. */
export interface ScriptReplayTurnView {
  customer: string | null;
  before: string[];
  after: string[];
  isSame: boolean;
}

export interface ScriptReplayView {
  sessionId: string;
  version: number;
  turns: ScriptReplayTurnView[];
  /** How it ended then and would end now: node and outcome. */
  before: { node: string | null; outcome: string | null };
  after: { node: string | null; outcome: string | null };
  problems: ScriptProblemView[];
}

/** A past talk of a script, to choose from for a replay. */
export interface ScriptSessionView {
  id: string;
  conversation: string;
  version: number;
  channel: string;
  startedAt: string;
  turns: number;
  status: string;
  outcome: string | null;
  node: string | null;
}
