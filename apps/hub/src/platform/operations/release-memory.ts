import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much of its time the hub may be at work in the last stretch to count as quiet. */
const quietShare = 0.1;

/**
 * Gives the memory that only the start needed back to the machine, once, at the end of the first quiet stretch of this many
 * milliseconds. The engine does so by itself when it runs out of room, which an idle hub does not for hours; a third of what it holds
 * until then is garbage. It takes about 0.1 s, in which nothing else happens, and makes room for new things small: not while there is
 * much to do.
 */
export function releaseMemoryWhenQuiet(stretchMs: number): void {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, before).utilization < quietShare) {
      clearInterval(timer);
      collectGarbage();
    }
    before = now;
  }, stretchMs);
  timer.unref();
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
