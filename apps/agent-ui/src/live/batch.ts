/**
 * Gathers what arrives within one animation frame, so that a burst of frames is one render. A hidden page gets no
 * animation frames; there a short timer stands in, because its title and its sounds must still follow.
 */
export function batchPerFrame<Item>(flush: (items: Item[]) => void): (item: Item) => void {
  let waiting: Item[] = [];
  const run = () => {
    const items = waiting;
    waiting = [];
    flush(items);
  };
  return (item) => {
    waiting.push(item);
    if (waiting.length > 1) {
      return;
    }
    if (document.hidden) {
      setTimeout(run, 50);
    } else {
      requestAnimationFrame(run);
    }
  };
}
