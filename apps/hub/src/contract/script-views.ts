/** Scripts of bots from draft to figures. Instants are ISO 8601 strings in UTC; ids are UUIDs; keys are the `id` inside of a script. */

export type ScriptChannelView = 'web' | 'telegram' | 'sms' | 'email' | 'voice';

/** A text in both languages. */
export interface ScriptTexts {
  en: string;
  fa: string;
}

/** Something wrong or doubtful in a script. Errors keep it from being published, warnings do not. */
export interface ScriptProblemView {
  severity: 'error' | 'warning';
  code: string;
  /** Where in the document, e.g. ['nodes', 'menu', 'options', 0, 'next']. */
  path: (string | number)[];
  node: string | null;
  /** In the source, from 1. */
  line: number | null;
  column: number | null;
  /** For somebody who does not program. */
  text: ScriptTexts;
}

/** One step of a script as a list or a canvas shows it. */
export interface ScriptNodeView {
  id: string;
  /** say, ask, collect, … */
  do: string;
  /** The first words that customers get; empty where it says nothing. */
  says: ScriptTexts;
  exits: ScriptExitView[];
  /** In the source, from 1. */
  line: number | null;
}

/** A way out of a step. `by`: 'next', 'option.track', 'retry.then', 'timeout.then', 'open', 'onError', 'case.0', 'intent.refund', … */
export interface ScriptExitView {
  by: string;
  to: string;
  /** The label of an option; null elsewhere. */
  label: ScriptTexts | null;
}

/** What a source says, without keeping it. */
export interface ScriptCheckView {
  problems: ScriptProblemView[];
  /** Null: the source cannot be read as a script. */
  outline: ScriptOutlineView | null;
}

export interface ScriptOutlineView {
  key: string;
  title: ScriptTexts;
  channels: ScriptChannelView[];
  locales: ('en' | 'fa')[];
  /** Where it begins, by channel; 'default' elsewhere. */
  start: Record<string, string>;
  fallback: string;
  nodes: ScriptNodeView[];
  intents: string[];
  connectors: string[];
  /** Keys of the scripts that it calls. */
  calls: string[];
}

export interface ScriptPersonView {
  id: string;
  name: string;
}

/** A picture or file that scripts name and send along. A name stands for the same bytes for ever. */
export interface ScriptFileView {
  name: string;
  mediaType: string;
  bytes: number;
  uploadedAt: string;
  /** A published version names it, so it stays. */
  isPinned: boolean;
}

/** A script in the list. */
export interface ScriptListView {
  id: string;
  name: string;
  key: string;
  /** The version of the draft. It differs from the newest version when `isChanged`. */
  draftVersion: number;
  isChanged: boolean;
  draftedBy: ScriptPersonView | null;
  draftedAt: string | null;
  /** Who answers now: the number of the version that most customers get; null: nothing is live. */
  live: number | null;
  canary: { version: number; percent: number } | null;
  /** What becomes live next, and when. */
  next: { version: number; at: string; percent: number } | null;
  /** Channels that it is deployed on. */
  channels: { id: string; name: string; kind: string; hours: ScriptHoursView }[];
  /** Sessions of the last seven days. */
  lately: { started: number; handedOff: number };
}

export interface ScriptView extends ScriptListView {
  /** YAML or JSON, as it was written. */
  source: string;
  scenarios: ScriptScenarioView[];
  versions: ScriptVersionView[];
  releases: ScriptReleaseView[];
}

/** A version as it was published; it never changes. */
export interface ScriptVersionView {
  id: string;
  version: number;
  publishedAt: string;
  by: ScriptPersonView | null;
  note: string;
  /** Hexadecimal, SHA-256 of the source. */
  hash: string;
  isLive: boolean;
  /** Sessions that began with it and have not ended. */
  running: number;
}

/** One version with its text. */
export interface ScriptVersionTextView extends ScriptVersionView {
  source: string;
  scenarios: ScriptScenarioView[];
}

/** That a version answers from an instant on, all customers or some of them. The last that has come decides. */
export interface ScriptReleaseView {
  id: string;
  version: number;
  versionId: string;
  at: string;
  /** 100: everybody; less: that share of customers, always the same ones. */
  percent: number;
  by: ScriptPersonView | null;
  kind: 'publish' | 'rollback' | 'schedule' | 'canary';
  cancelledAt: string | null;
}

/** A line of the difference between two texts. */
export interface ScriptDiffLineView {
  change: 'same' | 'added' | 'removed';
  text: string;
  /** Line numbers from 1; null on the side where it is not. */
  before: number | null;
  after: number | null;
}

export interface ScriptDiffView {
  lines: ScriptDiffLineView[];
  /** Steps by what happened to them. */
  nodes: { added: string[]; removed: string[]; changed: string[] };
}

/** One thing that the customer or the world does in a simulated talk. A time to wait is milliseconds, or '30m', '6s', '2h', '1d'. */
export type ScriptInputView =
  | { type: string }
  | { press: string; turn?: number }
  | { keypad: string }
  | { file: string }
  | { wait: number | string }
  | { agents: 'available' | 'away'; queue?: string }
  | { calendar: string; is: 'open' | 'closed' | 'holiday' }
  | { lookup: string; answer: unknown }
  | { lookup: string; fails: 'timeout' | 'failed' | 'absent' | 'refused' }
  | { resume: true }
  | { hangup: true };

/** The world of a simulation. A lookup without an answer is 'absent'. Called scripts are those that are live. */
export interface ScriptWorldView {
  calendars?: Record<string, 'open' | 'closed' | 'holiday'>;
  queues?: Record<string, { isOpen?: boolean; agentsFree?: number; waiting?: number }>;
  customer?: Record<string, unknown>;
  conversation?: Record<string, unknown>;
  /** `takes`: after how many milliseconds. */
  lookups?: Record<
    string,
    ({ answer: unknown } | { fails: 'timeout' | 'failed' | 'absent' | 'refused' }) & { takes?: number }
  >;
  articles?: { title: string; body: string; score?: number }[];
}

/** A talk with what has to come of it. */
export interface ScriptScenarioView {
  name: string;
  locale: string;
  /** ISO 8601, or milliseconds. */
  at: string | number;
  zone?: string;
  inputs: ScriptInputView[];
  world?: ScriptWorldView;
  vars?: Record<string, unknown>;
  /** The customer's first words, with which the talk begins. */
  opening?: string;
  /** Where it is run; absent: on all channels of the script. */
  channels?: ScriptChannelView[];
  expect: {
    node?: string;
    outcome?: string;
    status?: 'active' | 'waiting' | 'handed_off' | 'ended';
    vars?: Record<string, unknown>;
    /** Parts of what the bot must have said. */
    says?: string[];
    /** Kinds of effects that must have been asked for. */
    effects?: string[];
  };
}

/** One expectation that was not met. `name`: the variable, or ''. */
export interface ScriptScenarioFailureView {
  expected: string;
  name: string;
  wanted: unknown;
  found: unknown;
}

/** How a scenario went on one channel. */
export interface ScriptScenarioResultView {
  name: string;
  channel: ScriptChannelView;
  passed: boolean;
  failures: ScriptScenarioFailureView[];
}

/** What stands between a draft and its publication. */
export interface ScriptGateView {
  /** Whether it may be published as it is. */
  open: boolean;
  problems: ScriptProblemView[];
  scenarios: ScriptScenarioResultView[];
  coverage: ScriptCoverageView | null;
}

/** How much of a script its scenarios went through; edges are 'node:exit', shares 0 to 1. */
export interface ScriptCoverageView {
  nodes: { seen: string[]; unseen: string[]; share: number };
  edges: { seen: string[]; unseen: string[]; share: number };
}

/** Something said, done or waited for. A bot's step has `says` and `rendered`, others `does`; as the simulator of #bots tells them. */
export interface ScriptStepView {
  at: number;
  who: 'customer' | 'bot' | 'hub';
  turn: number;
  /** Customer and hub. */
  does?: string;
  /** What the bot says, before a channel has shaped it. */
  says?: {
    node: string;
    text: string;
    short: string | null;
    speech: string | null;
    audio: string | null;
    options: { id: string; label: string; dtmf: string | null }[];
    input: { kind: string; sensitive: boolean; finishOnKey: string | null; timeoutMs: number | null } | null;
    turn: number;
  }[];
  /** What becomes of it on the channel: {kind: 'message', body, choices, smsParts, …} or {kind: 'voice', steps}. */
  rendered?: Record<string, unknown>[];
  /** The effect that the hub would carry out; null: none. */
  effect?: Record<string, unknown> | null;
}

/** A talk that was played. */
export interface ScriptRunView {
  problems: ScriptProblemView[];
  /** Null: errors keep the script from being played. */
  run: {
    steps: ScriptStepView[];
    state: Record<string, unknown> & {
      status: 'active' | 'waiting' | 'handed_off' | 'ended';
      node: string | null;
      turn: number;
      vars: Record<string, unknown>;
      outcome: string | null;
      wakeAt: number | null;
    };
    /** Inputs that could not be done, e.g. an option that was not offered, by their place in the list. */
    impossible: { input: number; why: string }[];
    coverage: { nodes: Record<string, number>; edges: Record<string, number> };
  } | null;
}

/** `open`: within the hours of the calendar · `closed`: outside of them. */
export type ScriptHoursView = 'always' | 'open' | 'closed';

/** That a script answers on a channel. The first whose hours fit and that has something live takes a talk. */
export interface ScriptDeploymentView {
  id: string;
  channelId: string;
  channelName: string;
  channelKind: string;
  scriptId: string;
  scriptName: string;
  hours: ScriptHoursView;
  /** Null: the calendar of the channel's queue. */
  calendarId: string | null;
  /** The lowest is asked first. */
  priority: number;
  enabled: boolean;
}

/** A lookup that scripts may make by its name. */
export interface ScriptConnectorView {
  id: string;
  /** What scripts name: small letters, digits and underscores. */
  key: string;
  title: string;
  method: 'GET' | 'POST';
  /** With {argument} where an argument goes, escaped. */
  url: string;
  /** Headers that may be seen. */
  headers: Record<string, string>;
  /** Names of the headers that are kept sealed; their values are never shown. */
  secretHeaders: string[];
  timeoutMs: number;
  /** What of the answer scripts get: their name and where it is, e.g. {name: 'status', path: 'order.items.0.status'}. */
  mapping: { name: string; path: string }[];
  /** The names of the arguments in the address. */
  args: string[];
  /** Scripts whose draft or live version names it. */
  usedBy: { id: string; name: string }[];
}

export interface ScriptConnectorTestView {
  ok: boolean;
  /** 'ok', 'timeout', 'absent', 'refused', 'failed', or why no connection was made. */
  code: string;
  status: number | null;
  ms: number;
  /** What a script would get. */
  value: Record<string, unknown> | null;
  /** The beginning of the answer. */
  answer: string;
}

/** A script that comes with the hub, to begin with. */
export interface ReadyScriptView {
  key: string;
  title: ScriptTexts;
  /** What it does for customers, one sentence. */
  about: ScriptTexts;
  channels: ScriptChannelView[];
  /** Keys of other ready scripts that come along with it. */
  brings: string[];
  /** Connectors that have to be there before it can be published. */
  needs: string[];
  /** The script that was made of it; null: not yet. */
  scriptId: string | null;
}
