/** How a colleague likes the console: kept by the hub for the account, so that every browser of theirs has it. */
export interface Preferences {
  /** Plays when work and words come. */
  sound: boolean;
  /** Plays again every 20 seconds until somebody takes what came. */
  repeat: boolean;
  /** No sounds and no notices between these times of day, 'HH:MM'; over midnight where `from` is the later one. Null: at any time. */
  quiet: { from: string; to: string } | null;
  /** Shortcuts of one letter: none, as they are, or with Alt held. */
  keys: 'off' | 'single' | 'alt';
  /** For how many seconds what was sent can be taken back; 0: it leaves at once. */
  undo: { email: number; other: number };
  /** Auto: what goes with the language. */
  calendar: 'auto' | 'jalali' | 'gregorian';
  digits: 'auto' | 'persian' | 'latin';
  density: 'comfortable' | 'compact';
  /** Enter sends, and Shift+Enter begins a line; otherwise Ctrl+Enter sends. */
  enterSends: boolean;
  /** What shows once a ticket is solved: itself, or the next one of the list. */
  afterResolve: 'stay' | 'next';
}
