const minuteMs = 60_000;

/** Reads "8" as hours and "1:30" as hours and minutes; null for nothing, undefined for what is neither. */
export function readDuration(text: string): number | null | undefined {
  const written = text.trim();
  if (written === '') {
    return null;
  }
  const found = /^(\d{1,4})(?::([0-5]\d))?$/u.exec(written);
  const ms = (Number(found?.[1]) * 60 + Number(found?.[2] ?? 0)) * minuteMs;
  return found && ms > 0 ? ms : undefined;
}

/** Milliseconds as hours:minutes. Less than a minute is none. */
export function writeDuration(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
