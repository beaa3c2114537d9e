import { loadConfig, type HubConfig } from '#config';
import { explainFailure } from './explain-failure.js';
import { startHub, type RunningHub } from './start-hub.js';

/**
 * Ends the hub in order at SIGTERM or SIGINT. One that arrives while the hub still starts waits for it, because a database
 * server half started is worse than a second's patience; a second one means now.
 */
function stopOnSignals(): (hub: RunningHub) => void {
  let hub: RunningHub | null = null;
  let isAsked = false;
  const stop = (): void => {
    hub?.stop().then(() => process.exit(0), fail);
  };
  const onSignal = (): void => {
    if (isAsked) {
      process.exit(1);
    }
    isAsked = true;
    stop();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return (started) => {
    hub = started;
    if (isAsked) {
      stop();
    }
  };
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
  let config: HubConfig | undefined;
  try {
    config = loadConfig();
    const started = stopOnSignals();
    const hub = await startHub(config);
    process.stdout.write(`${greet(config.publicUrl ?? hub.url, hub.setUpToken)}\n`);
    started(hub);
  } catch (error) {
    fail(error, config);
  }
}
