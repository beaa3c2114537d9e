import { SegmentedControl } from '@mantine/core';
import type { HistoryFindingsView, HistoryImportView, HistoryMatchView } from '#contract';
import { histories } from '../../../api/history.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  given: HistoryImportView;
  found: HistoryFindingsView;
  onChosen: (now: HistoryImportView, match: HistoryMatchView) => void;
}

/** Who of the files may be one, with a choice for each. */
export function HistoryMatches({ given, found: { matches, matchCount }, onChosen }: Props) {
  const { t, format } = useI18n();
  return (
    <section aria-labelledby="history-matches">
      <h3 id="history-matches">{t('history.matches')}</h3>
      {matches.length === 0 ? (
        <Empty>{t('history.matchesNone')}</Empty>
      ) : (
        <>
          <p className="settings-hint">{t('history.matchesHint')}</p>
          <ul className="history-matches">
            {matches.map((match) => (
              <li key={match.id}>
                <Match id={given.id} match={match} onChosen={onChosen} />
              </li>
            ))}
          </ul>
          {matchCount > matches.length && (
            <p className="settings-hint">
              {t('history.matchesMore', { shown: format.number(matches.length), all: format.number(matchCount) })}
            </p>
          )}
        </>
      )}
    </section>
  );
}

interface MatchProps {
  id: string;
  match: HistoryMatchView;
  onChosen: (now: HistoryImportView, match: HistoryMatchView) => void;
}

function Match({ id, match, onChosen }: MatchProps) {
  const { t, format } = useI18n();
  const choose = useAction(
    (isJoined: boolean) => histories.choose(id, match.id, isJoined),
    (now, isJoined) => onChosen(now, { ...match, isJoined }),
  );
  const more = match.count - match.people.length;
  return (
    <>
      <div>
        <strong>
          {t(`history.kinds.${match.kind}`)} <bdi>{match.value}</bdi>
        </strong>
        <ul className="history-people">
          {match.people.map(({ key, name, addresses, tickets }) => (
            <li key={key}>
              <bdi>{name === '' ? t('history.nameless') : name}</bdi>{' '}
              <small>
                <bdi>{addresses.join(' · ')}</bdi> ·{' '}
                {t('history.ticketCount', { count: tickets, amount: format.number(tickets) })}
              </small>
            </li>
          ))}
          {more > 0 && <li>{t('history.more', { amount: format.number(more) })}</li>}
        </ul>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={`${t('history.choice')} — ${match.value}`}
        disabled={choose.isPending}
        value={match.isJoined ? 'one' : 'apart'}
        onChange={(value) => choose.mutate(value === 'one')}
        data={[
          { value: 'one', label: t('history.asOne') },
          { value: 'apart', label: t('history.apart') },
        ]}
      />
    </>
  );
}
