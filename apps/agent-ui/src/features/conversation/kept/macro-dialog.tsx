import { Button, Group, Skeleton, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConversationView, MacroPreviewView, MacroView, TicketView } from '#contract';
import { keptKeys, kept } from '../../../api/kept.js';
import { keys } from '../../../api/keys.js';
import { isProblem } from '../../../api/problem.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useLive } from '../../../live/live-context.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { useMutation } from '@tanstack/react-query';
import { EffectLine } from './effect-line.js';

interface Props {
  view: ConversationView;
  ticket: TicketView;
  onClose: () => void;
}

/** Chooses a macro, shows what it would change, and runs it. */
export function MacroDialog({ view, ticket, onClose }: Props) {
  const { t } = useI18n();
  const [chosen, choose] = useState<MacroView | null>(null);
  const list = useQuery({
    queryKey: keptKeys.ticketMacros(ticket.id, ticket.queueId),
    queryFn: ({ signal }) => kept.macrosFor(ticket.id, signal),
  });
  return (
    <Dialog title={t('kept.runMacro')} size="lg" onClose={onClose}>
      <div className="kept-macros">
        {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Skeleton height={120} />}
        {list.data && <MacroList macros={list.data} chosen={chosen} onChoose={choose} />}
        {chosen && <Preview key={chosen.id} view={view} ticket={ticket} macro={chosen} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

interface ListProps {
  macros: MacroView[];
  chosen: MacroView | null;
  onChoose: (macro: MacroView) => void;
}

function MacroList({ macros, chosen, onChoose }: ListProps) {
  const { t } = useI18n();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const shown = macros.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  if (macros.length === 0) {
    return <p className="settings-hint">{t('kept.noMacros')}</p>;
  }
  return (
    <>
      <TextInput
        data-autofocus
        aria-label={t('kept.findMacro')}
        placeholder={t('kept.findMacro')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ul>
        {shown.map((macro) => (
          <li key={macro.id}>
            <button type="button" aria-pressed={macro.id === chosen?.id} onClick={() => onChoose(macro)}>
              <bdi className="one-line">{macro.name}</bdi>
              {macro.broken.length > 0 && (
                <span className="chip" data-tone="bad">
                  {t('kept.broken')}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Preview({ view, ticket, macro, onClose }: Props & { macro: MacroView }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const { cache } = useLive();
  const problemText = useProblemText();
  const preview = useQuery({
    queryKey: keptKeys.preview(ticket.id, ticket.version, macro.id),
    queryFn: ({ signal }) => kept.preview(ticket.id, macro.id, signal),
    gcTime: 0,
  });
  const run = useMutation({
    mutationFn: ({ version }: MacroPreviewView) => kept.run(ticket.id, macro.id, version),
    onSuccess: (done) => {
      cache.putTicket(view.id, done);
      notify(t('kept.macroDone', { name: macro.name }));
      onClose();
    },
    onError: (error) => {
      // Whoever was faster is shown: the ticket and the diff are read again.
      if (isProblem(error) && error.status === 409) {
        cache.refetch(keys.conversation(view.id));
        void queries.invalidateQueries({ queryKey: keptKeys.preview(ticket.id, ticket.version, macro.id) });
      }
    },
  });
  if (preview.isError) {
    return <Failed error={preview.error} retry={() => void preview.refetch()} />;
  }
  if (!preview.data) {
    return <Skeleton height={90} />;
  }
  const seen = preview.data;
  return (
    <section aria-label={t('kept.willDo')}>
      <p className="settings-hint">{t('kept.willDo')}</p>
      <ol className="kept-diff">
        {seen.effects.map((effect, index) => (
          <li key={`${String(index)} ${effect.action.do}`}>
            <EffectLine effect={effect} names={seen.names} />
          </li>
        ))}
        {seen.broken.map(({ index, what }) => (
          <li key={`broken ${String(index)}`} data-tone="bad">
            {t('kept.stepBroken', { step: index + 1, what: t(`kept.gone_${what}`) })}
          </li>
        ))}
      </ol>
      {run.isError && (
        <p className="settings-problem" role="alert">
          {problemText(run.error)}
        </p>
      )}
      <Group mt="sm">
        <Button loading={run.isPending} disabled={!seen.runs} onClick={() => run.mutate(seen)}>
          {t('kept.run')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        {!seen.runs && <span className="settings-hint">{t('kept.runsNot')}</span>}
      </Group>
    </section>
  );
}
