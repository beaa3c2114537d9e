import type { ChannelKind } from './views.js';

/** A text in both languages; empty where it is not written in one. */
export interface BothTexts {
  en: string;
  fa: string;
}

export interface CannedFileView {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
}

export interface CannedReplyView {
  id: string;
  version: number;
  /** Only whoever made it sees and uses it. */
  personal: boolean;
  /** What is typed after `/`. */
  short: string;
  title: string;
  texts: BothTexts;
  /** For tickets of these queues; none for any. */
  queueIds: string[];
  channelKinds: ChannelKind[];
  files: CannedFileView[];
  used: number;
  usedAt: string | null;
  changedAt: string;
}

/** A variable that texts may use. `example` is what it might say, in each language. */
export interface ReplyVariableView {
  name: string;
  type: 'text' | 'number' | 'date';
  example: BothTexts;
}

/** Something wrong with a text: where, counted from 1. `named` is what stands there. */
export interface TemplateFaultView {
  why: 'syntax' | 'unknown_variable' | 'unknown_filter' | 'unknown_tag' | 'unfit_value' | 'too_long';
  line: number;
  column: number;
  named: string;
}

/** How a text would come out for an imagined customer. */
export interface ReplyTrialView {
  text: string;
  fault: TemplateFaultView | null;
  /** Variables that may be missing for a real customer, and that the text does not provide for. */
  risky: string[];
}

/** A canned reply as the composer offers it, written for the customer at hand. */
export interface OfferedReplyView {
  id: string;
  short: string;
  title: string;
  personal: boolean;
  text: string;
  locale: 'en' | 'fa';
  /** Variables that nothing stands for; their markers are in the text, and a message that has one is not sent. */
  missing: string[];
  fileCount: number;
  used: number;
  /** Why it is not for this conversation; it is shown and not offered. Null when it is. */
  unfit: 'queue' | 'channel' | null;
}

/** A canned reply as it goes into a message; its files are ready to be attached. */
export interface WrittenReplyView {
  text: string;
  locale: 'en' | 'fa';
  missing: string[];
  files: { id: string; name: string; mediaType: string; bytes: number }[];
}
