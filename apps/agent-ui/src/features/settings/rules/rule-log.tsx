import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { RuleRunView } from '#contract';
import { keys } from '../../../api/keys.js';
import { rules } from '../../../api/rules.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty, Failed } from '../../../ui/states.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { EffectLines } from './effect-lines.js';
import { RefusalText } from './refusal-text.js';
import { WhyTree } from './why-tree.js';

const tones = { due: 'warn', done: 'good', refused: 'bad' } as const;
const lookAgainMs = 10_000;

/** What a rule did and why, and why it did not, newest first. */
export function RuleLog({ id }: { id: string }) {
  const { t } = useI18n();
  const log = useInfiniteQuery({
    queryKey: keys.ruleLog(id),
    queryFn: ({ pageParam, signal }) => rules.log(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: lookAgainMs,
  });
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section aria-labelledby="rule-log">
      <h3 id="rule-log">{t('rule.log')}</h3>
      {log.isError && <Failed error={log.error} retry={() => void log.refetch()} />}
      {log.isPending && <Skeleton height={90} />}
      {log.data && rows.length === 0 && <Empty>{t('rule.logEmpty')}</Empty>}
      <ol className="rule-runs">
        {rows.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ol>
      {log.hasNextPage && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('rule.older')}
        </Button>
      )}
    </section>
  );
}

function Run({ run }: { run: RuleRunView }) {
  const { t, format } = useI18n();
  const { ticket, at, state, code, detail, why, effects } = run;
  return (
    <li>
      <div className="settings-line">
        <span>
          {ticket && (
            <a href={`/inbox/all/${ticket.conversation}`}>
              {t('rule.ticket', { number: ticketNumber(ticket, format) })}
            </a>
          )}{' '}
          <small>{format.dateTime(at)}</small>
        </span>
        <span className="chip" data-tone={tones[state]}>
          {t(`rule.state_${state}`)}
        </span>
      </div>
      {code !== '' && (
        <p className="settings-hint">
          <RefusalText code={code} detail={detail} />
        </p>
      )}
      <details>
        <summary>{t('rule.why')}</summary>
        <WhyTree why={why} />
        <EffectLines effects={effects} />
      </details>
    </li>
  );
}
