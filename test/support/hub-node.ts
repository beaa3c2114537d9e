// A hub as a process of its own, from the sources. It ends with the test that started it, even with one that was killed.
import { runHub } from '../../apps/hub/src/run-hub.js';

process.stdin.on('end', () => process.exit(1)).resume();
await runHub();
