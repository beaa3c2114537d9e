/** Where a chart's drawing lies in its room, in pixels. */
export interface Plot {
  width: number;
  height: number;
  top: number;
  bottom: number;
  /** Room for the words of the axis of values, where the language begins. */
  side: number;
  isMirrored: boolean;
}

const letterWidth = 7;

/** Room for the longest of the words beside the axis, and no more: a chart of small counts would stand off to one side. */
export function sideOf(words: readonly string[]): number {
  return 18 + letterWidth * Math.max(2, ...words.map(({ length }) => length));
}

/** Time goes as the reader's language is read: in Persian the earliest stands at the right. */
export function placeOf(plot: Plot, nth: number, count: number): number {
  const room = (plot.width - plot.side) / Math.max(1, count);
  const along = plot.side + room * (nth + 0.5);
  return plot.isMirrored ? plot.width - along : along;
}

/** The point that a place along the chart belongs to. */
export function nthAt(plot: Plot, x: number, count: number): number {
  const along = plot.isMirrored ? plot.width - x : x;
  const room = (plot.width - plot.side) / Math.max(1, count);
  return Math.min(count - 1, Math.max(0, Math.floor((along - plot.side) / room)));
}

export function heightOf({ top, bottom, height }: Plot, value: number, axis: readonly number[]): number {
  const [lowest = 0, highest = 1] = [axis[0], axis.at(-1)];
  return height - bottom - ((value - lowest) / (highest - lowest)) * (height - bottom - top);
}

/** The line through values; where one is missing the line has a gap. */
export function lineOf(plot: Plot, values: readonly (number | null)[], axis: readonly number[]): string {
  let isOpen = false;
  return values
    .map((value, nth) => {
      if (value === null) {
        isOpen = false;
        return '';
      }
      const step = `${isOpen ? 'L' : 'M'}${placeOf(plot, nth, values.length).toFixed(1)} ${heightOf(plot, value, axis).toFixed(1)}`;
      isOpen = true;
      return step;
    })
    .join('');
}

/** Which points have room for their words: every first, second, fifth… */
export function everyHowMany(plot: Plot, count: number, wordsWidth: number): number {
  const most = Math.max(1, Math.floor((plot.width - plot.side) / wordsWidth));
  return Math.max(1, Math.ceil(count / most));
}
