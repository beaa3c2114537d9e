// The commands of an operator as a process of its own: node dist/apps/hub/src/operations/main.js backup
import { operate, operationsUsage } from './operate.js';

const words = process.argv.slice(2);
const write = (text: string): void => void process.stdout.write(text);
if (words.length === 0) {
  write(operationsUsage);
} else {
  process.exitCode = await operate(words, { write, say: (line) => void process.stderr.write(`${line}\n`) });
}
