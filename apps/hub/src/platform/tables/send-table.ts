import type { Readable } from 'node:stream';
import type { HubReply } from '../http/exchange.js';

const mediaTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' };

/** Answers with a table as a file to keep, which nothing on the way keeps as well. `name` is without its ending and of letters that need no quoting. */
export async function sendTable(
  reply: HubReply,
  { name, format }: { name: string; format: keyof typeof mediaTypes },
  content: string | Readable,
): Promise<void> {
  await reply
    .header('content-type', mediaTypes[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(content);
}
