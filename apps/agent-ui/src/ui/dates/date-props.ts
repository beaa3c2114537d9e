interface Shared {
  label: string;
  description?: string;
  /** What is wrong by the form's own rules; what is no day says so itself. */
  error?: string | null | undefined;
  size?: 'xs' | 'sm';
  disabled?: boolean;
}

export interface DayFieldProps extends Shared {
  /** YYYY-MM-DD of the Gregorian calendar, whatever is shown. */
  value: string | null;
  /** Null while what is typed is no day within the limits. */
  onChange: (day: string | null) => void;
  min?: string | undefined;
  max?: string | undefined;
  /** Called when the field is left or a day was picked, with what it holds then; not while what is typed is no day. */
  onLeave?: (day: string | null) => void;
  /** Without the day in words below. */
  isPlain?: boolean;
}

export interface DateTimeFieldProps extends Shared {
  /** An instant, ISO 8601. */
  value: string | null;
  onChange: (instant: string | null) => void;
  /** The first instant that may be chosen. */
  min?: string | undefined;
  /** Whose clocks are meant; the browser's when left out. */
  timeZone?: string | undefined;
}

export interface TimeFieldProps extends Shared {
  /** HH:MM. */
  value: string | null;
  onChange: (time: string | null) => void;
  'aria-label'?: string;
  /** Left empty it is wrong, and its form is not sent. */
  isNeeded?: boolean;
}
