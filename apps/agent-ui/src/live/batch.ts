/**
 * What was drawn a moment ago need not be drawn again in the next frame: a reader sees no difference, and the page has time to answer
 * them while much arrives. A lone frame waits for nothing.
 */
const leastBetweenMs = 120;

/** A hidden page gets no animation frames; its title and its sounds must still follow. */
const hiddenMs = 50;

/**
 * Gathers what arrives within one animation frame, and in a burst within several, so that it is one render.
 */
export function batchPerFrame<Item>(flush: (items: Item[]) => void): (item: Item) => void {
  let waiting: Item[] = [];
  let flushedAt = -Infinity;
  const run = () => {
    const items = waiting;
    waiting = [];
    flushedAt = performance.now();
    flush(items);
  };
  const onFrame = () => void requestAnimationFrame(run);
  return (item) => {
    waiting.push(item);
    if (waiting.length > 1) {
      return;
    }
    const early = flushedAt + leastBetweenMs - performance.now();
    if (document.hidden) {
      setTimeout(run, Math.max(hiddenMs, early));
    } else if (early > 0) {
      setTimeout(onFrame, early);
    } else {
      onFrame();
    }
  };
}
