import { loadHub } from './load-hub.js';

const runHub = await loadHub();
await runHub();
