import type { JSX } from 'preact';
import type { ChatState } from './chat-state.js';
import type { Formats } from './formats.js';
import { isolate, type Words } from './words.js';

interface Props {
  state: ChatState;
  words: Words;
  formats: Formats;
  /** Leads to the form that asks how to answer. */
  toAway: () => void;
}

/** Above the box: that nobody is there and how they will be answered, or their place in line. */
export function StandingStrip({ state: { standing }, words, formats, toAway }: Props): JSX.Element {
  const { wish, ways = [], isOpen = true } = standing ?? {};
  const mayChoose = !isOpen && ways.length > 0;
  return (
    <div class="standing">
      <output>{standing && textOf(standing, words, formats)}</output>
      {mayChoose && (
        <button type="button" class="link" onClick={toAway}>
          {wish ? words.change : words.awayWish}
        </button>
      )}
    </div>
  );
}

function textOf(
  { isOpen, opensAt, awayWords, wish, queue }: NonNullable<ChatState['standing']>,
  words: Words,
  formats: Formats,
): string {
  if (!isOpen) {
    const wished = wish ? words[`wish_${wish.way}`](isolate(wish.address)) : '';
    const opens = opensAt ? words.opens(`${formats.day(opensAt)} ${formats.time(opensAt)}`) : '';
    return [awayWords || words.away, opens, wished].filter(Boolean).join(' ');
  }
  if (queue) {
    const time = queue.minutes === null ? '' : words.queueTime(formats.number(queue.minutes));
    return `${words.queue(formats.number(queue.place))} ${time}`.trim();
  }
  return '';
}
