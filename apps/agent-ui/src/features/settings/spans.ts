/** A length of time in the unit that people would say it in. */
export type SpanUnit = 'seconds' | 'minutes' | 'hours';

const sizes: Record<SpanUnit, number> = { seconds: 1, minutes: 60, hours: 3600 };

export const spanUnits = Object.keys(sizes) as SpanUnit[];

/** The largest unit of which it is a whole number. */
export function unitOf(seconds: number): SpanUnit {
  return spanUnits.findLast((unit) => seconds > 0 && seconds % sizes[unit] === 0) ?? 'seconds';
}

export function countOf(seconds: number, unit: SpanUnit): number {
  return seconds / sizes[unit];
}

export function secondsOf(count: number, unit: SpanUnit): number {
  return Math.round(count * sizes[unit]);
}
