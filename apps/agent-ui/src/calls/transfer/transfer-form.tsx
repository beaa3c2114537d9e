import { Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { keys } from '../../api/keys.js';
import { phone, type Endpoint } from '../../api/phone.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notify.js';
import { useProblemText } from '../../ui/problem-text.js';
import { choicesOf, manyChoices, wishOf, type TransferChoice } from './transfer-choices.js';
import './transfer.css';
import { OtherPhone } from './other-phone.js';
import { TransferRow } from './transfer-row.js';

interface Props {
  call: string;
  onClose: () => void;
}

/** Who is there changes while one looks. */
const lookAgainMs = 5_000;

/** Chooses who is to have a caller: a colleague, a queue, or a phone outside. */
export function TransferForm({ call, onClose }: Props) {
  const { t } = useI18n();
  return (
    <Dialog title={t('transfer.title')} onClose={onClose}>
      <Body call={call} onClose={onClose} />
    </Dialog>
  );
}

function Body({ call, onClose }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const targets = useQuery({
    queryKey: keys.transferTargets(call),
    queryFn: ({ signal }) => phone.transferTargets(call, signal),
    refetchInterval: lookAgainMs,
  });
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<TransferChoice | null>(null);
  const [other, setOther] = useState<Endpoint>({ kind: 'number', address: '' });
  const wish = wishOf(chosen, other);
  const hand = useMutation({
    mutationFn: () => phone.transfer(call, wish ?? {}),
    onSuccess: () => {
      notify(t('transfer.asked'), 'good');
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.liveCall }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish !== null) {
      hand.mutate();
    }
  };
  const problem = hand.error ?? targets.error;
  const { agents, queues } = choicesOf(targets.data, sought);
  const isMuch = (targets.data?.agents.length ?? 0) + (targets.data?.queues.length ?? 0) > manyChoices;
  return (
    <form onSubmit={submit}>
      <Stack>
        <p className="settings-hint">{t('transfer.hint')}</p>
        {isMuch && (
          <TextInput
            type="search"
            label={t('transfer.seek')}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
        )}
        <div className="transfer-lists" aria-busy={targets.isPending}>
          {[agents, queues].map(
            ({ kind, choices }) =>
              choices.length > 0 && (
                <fieldset key={kind} className="transfer-list">
                  <legend>{t(`transfer.${kind}`)}</legend>
                  {choices.map((choice) => (
                    <TransferRow
                      key={choice.id}
                      choice={choice}
                      isChosen={chosen?.id === choice.id}
                      onChoose={() => setChosen(choice)}
                    />
                  ))}
                </fieldset>
              ),
          )}
        </div>
        <OtherPhone
          phone={other}
          isChosen={chosen?.kind === 'other'}
          onChoose={() => setChosen({ kind: 'other', id: 'other' })}
          onChange={setOther}
        />
        {problem && (
          <p className="settings-problem" role="alert">
            {problemText(problem)}
          </p>
        )}
        <DialogEnd submit={t('transfer.go')} isBusy={hand.isPending} isDisabled={wish === null} onCancel={onClose} />
      </Stack>
    </form>
  );
}
