import { parseArgs } from 'node:util';
import pg from 'pg';
import {
  recount,
  refreshFacts,
  type Difference,
} from '../../apps/hub/src/supervision/reports/facts/report-facts.query.js';

const usage = `Usage: npm run peyk -- reports recount [--mend] [--database URL]

Counts everything that reports show anew, from messages, work and tickets, and says where what is stored differs. Ends with 1 when it does.

  --mend           makes it right
  --database URL   instead of DATABASE_URL
`;

const mostShown = 20;
const perPortion = 500;

/** `npm run peyk -- reports …`. Returns how it ends. */
export async function reportsCommand(parameters: string[], write: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: { mend: { type: 'boolean', default: false }, database: { type: 'string' } },
  });
  const url = values.database ?? process.env['DATABASE_URL'];
  if (positionals[0] !== 'recount' || url === undefined) {
    write(usage);
    return 2;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await recountAll(client, { mend: values.mend, write });
  } finally {
    await client.end();
  }
}

interface Recount {
  mend: boolean;
  write: (text: string) => void;
}

/** The reader's cursor is held meanwhile, so that the hub waits with what happens now and nothing is in between. */
async function recountAll(client: pg.Client, { mend, write }: Recount): Promise<number> {
  await client.query('begin');
  await client.query(`select 1 from fact_cursor where reader = 'reports' for update`);
  const { rows } = await client.query<Difference>(recount, [1_000_000]);
  rows.slice(0, mostShown).forEach(({ ticket_id: ticket, kind, at, side }) => {
    write(`${ticket} ${kind} ${at?.toISOString() ?? ''} is only ${side}\n`);
  });
  write(rows.length === 0 ? 'What is stored agrees with the rows.\n' : `${String(rows.length)} differences.\n`);
  if (mend && rows.length > 0) {
    const sql = {
      query: async <Row extends object>(text: string, parameters: unknown[]): Promise<Row[]> =>
        (await client.query<Row>(text, parameters)).rows,
    };
    const tickets = [...new Set(rows.map(({ ticket_id: id }) => id))];
    for (let at = 0; at < tickets.length; at += perPortion) {
      await refreshFacts(sql as Parameters<typeof refreshFacts>[0], tickets.slice(at, at + perPortion));
    }
    write(`${String(tickets.length)} tickets are counted anew.\n`);
  }
  await client.query('commit');
  return rows.length === 0 || mend ? 0 : 1;
}
