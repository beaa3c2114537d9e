// The commands of an operator as a process of its own: node dist/apps/hub/src/operations/main.js backup
import { operate } from './operate.js';

process.exitCode = await operate(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  say: (line) => void process.stderr.write(`${line}\n`),
  complain: (text) => void process.stderr.write(text),
});
