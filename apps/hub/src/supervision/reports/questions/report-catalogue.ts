import type { ReportBy, ReportColumn, ReportName } from '#contract';

/** Where the rows behind numbers come from. */
export type SourceName = 'facts' | 'standing' | 'promises' | 'surveys' | 'talks' | 'runs' | 'told';

/** What a number is made of, and how: `kinds` of rows; for a share, which of them are good. */
export interface CountedColumn extends ReportColumn {
  of: 'count' | 'sum' | 'median' | 'p90' | 'average' | 'share' | 'nps' | 'open';
  kinds: readonly string[];
  good?: { kinds: readonly string[] } | { least: number };
  source: SourceName;
}

export interface ReportDefinition {
  by: ReportBy;
  /** What its rows may stand for beside parts of the time. */
  dimensions: readonly ReportBy[];
  columns: readonly CountedColumn[];
}

type Better = ReportColumn['better'];

const of =
  (source: SourceName) =>
  (key: string, kind: CountedColumn['of'], better: Better, kinds: readonly string[] = [key]): CountedColumn => ({
    key,
    unit: kind === 'median' || kind === 'p90' ? 'seconds' : kind === 'average' || kind === 'nps' ? 'score' : 'count',
    better,
    of: kind,
    kinds,
    source,
  });

const share = (
  source: SourceName,
  key: string,
  kinds: readonly string[],
  good: NonNullable<CountedColumn['good']>,
): CountedColumn => ({ key, unit: 'share', better: 'up', of: 'share', kinds, good, source });

const fact = of('facts');
const standing = of('standing');
const promise = of('promises');
const survey = of('surveys');
const talk = of('talks');
const run = of('runs');
const told = of('told');

const metrics = ['first_response', 'next_response', 'resolution', 'periodic_update'];
const kept = metrics.map((metric) => `${metric}:kept`);
const broken = metrics.map((metric) => `${metric}:broken`);
const keptShare = (key: string, of_: readonly string[]): CountedColumn =>
  share('promises', key, [...of_.map((metric) => `${metric}:kept`), ...of_.map((metric) => `${metric}:broken`)], {
    kinds: of_.map((metric) => `${metric}:kept`),
  });
/** Four and five of five, as everywhere else. */
const csatShare = share('surveys', 'csat_share', ['csat:answered'], { least: 4 });
const firstMedian = fact('first_median', 'median', 'down', ['first_reply']);
const resolutionMedian = fact('resolution_median', 'median', 'down', ['solved']);
const opened = fact('opened', 'count', null);
const solved = fact('solved', 'count', 'up');
const reopened = fact('reopened', 'count', 'down');
const answered = ['csat:answered', 'nps:answered', 'ces:answered'];
const asked = ['csat:asked', 'nps:asked', 'ces:asked'];

const ticketDimensions: readonly ReportBy[] = ['queue', 'channel', 'agent', 'tag'];

/** Every report, column by column. docs/reports.md says the same in words. */
export const reports: Record<ReportName, ReportDefinition> = {
  volume: {
    by: 'day',
    dimensions: ticketDimensions,
    columns: [
      opened,
      fact('received', 'sum', null),
      fact('sent', 'sum', null),
      fact('told', 'sum', null),
      solved,
      reopened,
    ],
  },
  times: {
    by: 'day',
    dimensions: ticketDimensions,
    columns: [
      firstMedian,
      fact('first_p90', 'p90', 'down', ['first_reply']),
      fact('first_count', 'count', null, ['first_reply']),
      fact('next_median', 'median', 'down', ['next_reply']),
      fact('next_p90', 'p90', 'down', ['next_reply']),
      fact('next_count', 'count', null, ['next_reply']),
      resolutionMedian,
      fact('resolution_p90', 'p90', 'down', ['solved']),
      fact('resolution_count', 'count', null, ['solved']),
    ],
  },
  promises: {
    by: 'day',
    dimensions: ticketDimensions,
    columns: [
      promise('kept', 'count', 'up', kept),
      promise('broken', 'count', 'down', broken),
      keptShare('kept_share', metrics),
      keptShare('first_share', ['first_response']),
      keptShare('next_share', ['next_response']),
      keptShare('resolution_share', ['resolution']),
    ],
  },
  backlog: {
    by: 'day',
    dimensions: ticketDimensions,
    columns: [
      standing('open', 'open', 'down', ['opened', 'solved', 'reopened']),
      standing('opened', 'count', null),
      standing('solved', 'count', 'up'),
      standing('reopened', 'count', 'down'),
    ],
  },
  agents: {
    by: 'agent',
    dimensions: ticketDimensions,
    columns: [
      fact('taken', 'count', null),
      fact('replies', 'sum', null, ['sent']),
      solved,
      firstMedian,
      fact('handled', 'count', null),
      fact('handle_median', 'median', 'down', ['handled']),
      csatShare,
    ],
  },
  queues: {
    by: 'queue',
    dimensions: ticketDimensions,
    columns: [opened, solved, reopened, firstMedian, resolutionMedian, keptShare('kept_share', metrics), csatShare],
  },
  channels: {
    by: 'channel',
    dimensions: ticketDimensions,
    columns: [
      opened,
      fact('received', 'sum', null),
      fact('sent', 'sum', null),
      fact('told', 'sum', null),
      firstMedian,
      csatShare,
    ],
  },
  tags: {
    by: 'tag',
    dimensions: ticketDimensions,
    columns: [opened, solved, reopened, firstMedian, resolutionMedian, csatShare],
  },
  rules: {
    by: 'rule',
    dimensions: ['rule', ...ticketDimensions],
    columns: [run('ran', 'count', null), run('acted', 'count', null), run('refused', 'count', 'down')],
  },
  bots: {
    by: 'bot',
    dimensions: ['bot', 'queue', 'channel'],
    columns: [
      talk('talks', 'count', null, ['begun']),
      talk('bot_solved', 'count', 'up'),
      talk('handed_over', 'count', null),
      talk('failed', 'count', 'down'),
      share('talks', 'solved_share', ['bot_solved', 'handed_over', 'failed'], { kinds: ['bot_solved'] }),
    ],
  },
  campaigns: {
    by: 'campaign',
    dimensions: ['campaign', 'queue', 'channel'],
    columns: [
      told('sent', 'count', null),
      told('failed', 'count', 'down'),
      told('answered', 'count', 'up'),
      told('opted_out', 'count', 'down'),
    ],
  },
  surveys: {
    by: 'survey',
    dimensions: ['survey', ...ticketDimensions],
    columns: [
      survey('asked', 'count', null, asked),
      survey('answered', 'count', 'up', answered),
      csatShare,
      survey('nps', 'nps', 'up', ['nps:answered']),
      survey('ces_average', 'average', 'up', ['ces:answered']),
    ],
  },
};
