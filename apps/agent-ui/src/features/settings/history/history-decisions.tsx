import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { HistoryFindingsView, HistoryImportView, HistoryMatchView } from '#contract';
import { histories, historyKeys } from '../../../api/history.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Failed } from '../../../ui/states.js';
import { HistoryMatches } from './history-matches.js';
import { HistoryPlaces } from './history-places.js';

interface Props {
  given: HistoryImportView;
  isPlacing: boolean;
  onPlacing: (is: boolean) => void;
  onChange: (now: HistoryImportView) => void;
}

/** What was found, who of it is one, and then where it goes. */
export function HistoryDecisions({ given, isPlacing, onPlacing, onChange }: Props) {
  const { t, format, locale } = useI18n();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: historyKeys.findings(given.id),
    queryFn: ({ signal }) => histories.findings(given.id, signal),
  });
  if (found.isError && !found.data) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  if (!found.data) {
    return <Skeleton height={180} />;
  }
  if (isPlacing) {
    return <HistoryPlaces given={given} found={found.data} onBack={() => onPlacing(false)} onStarted={onChange} />;
  }
  const figures = {
    people: format.number(given.people),
    tickets: format.number(given.tickets),
    messages: format.number(given.messages),
  };
  return (
    <Stack>
      <p aria-live="polite">{t('history.figures', figures)}</p>
      <Span found={found.data} />
      {given.refused > 0 && (
        <Group>
          <span>{t('history.refused', { count: given.refused, amount: format.number(given.refused) })}</span>
          <Button component="a" variant="default" size="xs" download href={histories.faultsFile(given.id, locale)}>
            {t('history.faults')}
          </Button>
        </Group>
      )}
      {found.data.hereCount > 0 && (
        <p>{t('history.here', { count: found.data.hereCount, amount: format.number(found.data.hereCount) })}</p>
      )}
      <HistoryMatches
        given={given}
        found={found.data}
        onChosen={(now, chosen) => {
          onChange(now);
          // Shown at once: whoever thinks again presses against what they chose, not against what is yet to be read.
          queries.setQueryData<HistoryFindingsView>(
            historyKeys.findings(given.id),
            (known) => known && withMatch(known, chosen),
          );
          void queries.invalidateQueries({ queryKey: historyKeys.findings(given.id) });
        }}
      />
      <Group>
        <Button onClick={() => onPlacing(true)}>{t('history.next')}</Button>
      </Group>
    </Stack>
  );
}

function withMatch(found: HistoryFindingsView, chosen: HistoryMatchView): HistoryFindingsView {
  return { ...found, matches: found.matches.map((match) => (match.id === chosen.id ? chosen : match)) };
}

function Span({ found: { from, until } }: { found: HistoryFindingsView }) {
  const { t, format } = useI18n();
  return from === null || until === null ? null : (
    <p className="settings-hint">{t('history.span', { from: format.day(from), until: format.day(until) })}</p>
  );
}
