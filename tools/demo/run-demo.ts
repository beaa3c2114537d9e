import { explainFailure } from '../../apps/hub/src/explain-failure.js';
import { startDemo, type RunningDemo } from './start-demo.js';

/** Only these are taken over: a demonstration never meets a database, a mailbox or a key that is set for real work. */
function demoVariables(): Record<string, string | undefined> {
  const { HOST, PORT, DATA_DIR, LOG_LEVEL } = process.env;
  return { HOST, PORT, DATA_DIR: DATA_DIR ?? './data/demo', LOG_LEVEL: LOG_LEVEL ?? 'error' };
}

function greeting({ url, email, password, assistantUrl }: RunningDemo): string {
  return [
    '',
    `  Peyk is open at   ${url}`,
    `  Sign in with      ${email}`,
    `  Password          ${password}`,
    '',
    '  Customers are writing, calling and chatting now. The queues "Orders" and "Billing" are answered by automatic',
    '  agents; "Internet" waits for you. Answer somebody, and they write back.',
    ...(assistantUrl === null ? [] : [`  A chat that scripts answer is at ${assistantUrl}`]),
    '  Ctrl+C stops everything.',
    '',
  ].join('\n');
}

/** A signal before the curtain waits for it: a database half started is worse than a moment's patience. A second one means now. */
function stopOnSignals(): (demo: RunningDemo) => void {
  let demo: RunningDemo | null = null;
  let isAsked = false;
  const stop = (): void => {
    demo?.stop().then(() => process.exit(0), fail);
  };
  const onSignal = (): void => {
    if (isAsked) {
      process.exit(1);
    }
    isAsked = true;
    process.stdout.write('\n  Stopping …\n');
    stop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return (started) => {
    demo = started;
    if (isAsked) {
      stop();
    }
  };
}

function fail(error: unknown): never {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}

try {
  const started = stopOnSignals();
  const demo = await startDemo({ variables: demoVariables() });
  process.stdout.write(`${greeting(demo)}\n`);
  started(demo);
} catch (error) {
  fail(error);
}
