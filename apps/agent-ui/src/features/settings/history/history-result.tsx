import { Button, Group, Stack } from '@mantine/core';
import type { HistoryImportView } from '#contract';
import { histories } from '../../../api/history.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  given: HistoryImportView;
  onChange: (now: HistoryImportView) => void;
  onRemoved: () => void;
}

/** How far it is, and what came of it. */
export function HistoryResult({ given, onChange, onRemoved }: Props) {
  const { t, format, locale } = useI18n();
  const stop = useAction(() => histories.stop(given.id), onChange);
  const goOn = useAction(
    (terms: NonNullable<HistoryImportView['terms']>) => histories.start(given.id, terms),
    onChange,
  );
  const remove = useAction(() => histories.remove(given.id), onRemoved);
  const { state, terms } = given;
  const tone = state === 'failed' ? 'bad' : state === 'done' ? 'good' : undefined;
  const figures = {
    people: format.number(given.addedPeople),
    joined: format.number(given.joinedPeople),
    tickets: format.number(given.addedTickets),
    messages: format.number(given.addedMessages),
  };
  const mayGoOn = state === 'stopped' || (state === 'failed' && given.why === 'unwritable');
  return (
    <Stack>
      <div aria-live="polite">
        <span className="chip" data-tone={tone}>
          {t(`history.states.${state}`)}
        </span>
        <p>{t('history.result', figures)}</p>
        {given.known > 0 && <p>{t('history.known', { count: given.known, amount: format.number(given.known) })}</p>}
        {state === 'failed' && <p className="settings-problem">{t(`history.why_${given.why as 'unreadable'}`)}</p>}
      </div>
      {state === 'running' && (
        <progress
          className="history-progress"
          aria-label={t('history.progress')}
          value={given.peopleDone}
          max={Math.max(1, given.people)}
        />
      )}
      {given.refused > 0 && (
        <Group>
          <span>{t('history.refused', { count: given.refused, amount: format.number(given.refused) })}</span>
          <Button component="a" variant="default" size="xs" download href={histories.faultsFile(given.id, locale)}>
            {t('history.faults')}
          </Button>
        </Group>
      )}
      <Group>
        {state === 'running' && (
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(undefined)}>
            {t('history.stop')}
          </Button>
        )}
        {mayGoOn && terms && (
          <Button loading={goOn.isPending} onClick={() => goOn.mutate(terms)}>
            {t('history.goOn')}
          </Button>
        )}
        {state !== 'running' && (
          <Button variant="subtle" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t('history.remove')}
          </Button>
        )}
      </Group>
      {state !== 'running' && <p className="settings-hint">{t('history.removeHint')}</p>}
    </Stack>
  );
}
