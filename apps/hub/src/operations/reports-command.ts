import pg from 'pg';
import { recount, refreshFacts, type Difference } from '../supervision/reports/facts/report-facts.query.js';
import { reachInstallation } from './installation.js';
import { Misunderstood, type Request } from './request.js';

const mostShown = 20;
const mostDifferences = 1_000_000;
const perPortion = 500;

/** Counts everything that reports show anew, from messages, work and tickets. Status is 1 where what is stored differs, and stays so. */
export async function reportsCommand({ config, words, options, write }: Request): Promise<number> {
  if (words.join(' ') !== 'recount') {
    throw new Misunderstood('reports: recount.');
  }
  const installation = await reachInstallation(config);
  try {
    const client = new pg.Client({ connectionString: installation.databaseUrl, application_name: 'peyk reports' });
    await client.connect();
    try {
      return await recountAll(client, { isMended: options.mend === true, isJson: options.json === true, write });
    } finally {
      await client.end();
    }
  } finally {
    await installation.close();
  }
}

interface Recount extends Pick<Request, 'write'> {
  isMended: boolean;
  isJson: boolean;
}

/** The reader's cursor is held meanwhile, so that the hub waits with what happens now and nothing is in between. */
async function recountAll(client: pg.Client, { isMended, isJson, write }: Recount): Promise<number> {
  await client.query('begin');
  await client.query(`select 1 from fact_cursor where reader = 'reports' for update`);
  const { rows } = await client.query<Difference>(recount, [mostDifferences]);
  const tickets = [...new Set(rows.map(({ ticket_id: id }) => id))];
  if (isMended) {
    await mend(client, tickets);
  }
  await client.query('commit');
  const shown = rows.slice(0, mostShown);
  if (isJson) {
    write(`${JSON.stringify({ differences: rows.length, mended: isMended ? tickets.length : 0, first: shown })}\n`);
  } else {
    write(wordsOf(shown, rows.length));
    write(isMended && rows.length > 0 ? `${String(tickets.length)} tickets are counted anew.\n` : '');
  }
  return rows.length === 0 || isMended ? 0 : 1;
}

function wordsOf(shown: readonly Difference[], count: number): string {
  const lines = shown.map(
    ({ ticket_id: ticket, kind, at, side }) => `${ticket} ${kind} ${at?.toISOString() ?? ''} is only ${side}\n`,
  );
  const sum = count === 0 ? 'What is stored agrees with the rows.' : `${String(count)} differences.`;
  return `${lines.join('')}${sum}\n`;
}

async function mend(client: pg.Client, tickets: readonly string[]): Promise<void> {
  const sql = {
    query: async <Row extends object>(text: string, parameters: unknown[]): Promise<Row[]> =>
      (await client.query<Row>(text, parameters)).rows,
  };
  for (let at = 0; at < tickets.length; at += perPortion) {
    await refreshFacts(sql as Parameters<typeof refreshFacts>[0], tickets.slice(at, at + perPortion));
  }
}
