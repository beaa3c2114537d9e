import { loadConfig, type HubConfig } from '#config';
import { explainFailure } from './explain-failure.js';
import { releaseMemoryWhenQuiet } from './platform/operations/release-memory.js';
import { createLog } from './platform/operations/log.js';
import { startHub, type RunningHub } from './start-hub.js';

/** By then everything that a start begins is there, jobs included, which wait for the rest. */
const settledMs = 15_000;

/**
 * Becomes aborted at SIGTERM or SIGINT. A wait for the database ends then; a database server of ours that is half started is not left
 * so, because that is worse than a second's patience. A second signal means now.
 */
function listenForSignals(): AbortSignal {
  const asked = new AbortController();
  const onSignal = (): void => {
    if (asked.signal.aborted) {
      process.exit(1);
    }
    asked.abort();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return asked.signal;
}

function fail(error: unknown, config?: HubConfig): never {
  process.stderr.write(`${explainFailure(error, config)}\n`);
  process.exit(1);
}

function greet(url: string, setUpToken: string | null): string {
  const setUp = setUpToken === null ? '' : ` Make its administrator at ${url}/setup?token=${setUpToken}`;
  return `Peyk is ready at ${url}${setUp}`;
}

/** The hub as a process: its signals, its one line on the screen, its exit code. */
export async function runHub(): Promise<void> {
  const asked = listenForSignals();
  let config: HubConfig | undefined;
  try {
    config = loadConfig();
    const hub = await startHub(config, createLog(config.logLevel), [], asked);
    releaseMemoryWhenQuiet(settledMs);
    process.stdout.write(`${greet(config.publicUrl ?? hub.url, hub.setUpToken)}\n`);
    stopWhen(asked, hub);
  } catch (error) {
    if (asked.aborted && error === asked.reason) {
      process.exit(0);
    }
    fail(error, config);
  }
}

function stopWhen(asked: AbortSignal, hub: RunningHub): void {
  const stop = (): void => void hub.stop().then(() => process.exit(0), fail);
  if (asked.aborted) {
    stop();
  } else {
    asked.addEventListener('abort', stop);
  }
}
