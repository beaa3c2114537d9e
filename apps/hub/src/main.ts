import { loadConfig, type HubConfig } from '#config';
import { explainFailure } from './explain-failure.js';
import { startHub, type RunningHub } from './start-hub.js';

/** A second signal means now. */
function stopOnSignals(hub: RunningHub): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) {
      process.exit(1);
    }
    isStopping = true;
    hub.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function fail(error: unknown, config?: HubConfig): never {
  process.stderr.write(`${explainFailure(error, config)}\n`);
  process.exit(1);
}

function greet(url: string, setUpToken: string | null): string {
  const setUp = setUpToken === null ? '' : ` Make its administrator at ${url}/setup?token=${setUpToken}`;
  return `Peyk is ready at ${url}${setUp}`;
}

async function main(): Promise<void> {
  let config: HubConfig | undefined;
  try {
    config = loadConfig();
    const hub = await startHub(config);
    stopOnSignals(hub);
    process.stdout.write(`${greet(config.publicUrl ?? hub.url, hub.setUpToken)}\n`);
  } catch (error) {
    fail(error, config);
  }
}

await main();
