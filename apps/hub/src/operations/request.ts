import type { HubConfig } from '#config';

/** What was written after the command, and where answers go. */
export interface Request {
  config: HubConfig;
  words: string[];
  options: Options;
  /** Answers. */
  write: (text: string) => void;
  /** What goes on meanwhile. */
  say: (line: string) => void;
}

export interface Options {
  to?: string | undefined;
  into?: string | undefined;
  'passphrase-file'?: string | undefined;
  'without-key'?: boolean | undefined;
  check?: boolean | undefined;
  mend?: boolean | undefined;
  name?: string | undefined;
  role?: string | undefined;
  locale?: string | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  help?: boolean | undefined;
}

/** The command was not understood. */
export class Misunderstood extends Error {}
