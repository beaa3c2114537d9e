import { NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ContactWishesView, ConversationView, OutreachPurpose } from '#contract';
import { keys } from '../../api/keys.js';
import { outreach, type ConsentWish } from '../../api/outreach.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { useTexts } from '../../i18n/use-texts.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notify.js';
import { Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import './merge-form.css';

const purposes: readonly OutreachPurpose[] = ['offers', 'news', 'feedback', 'service'];
const kinds = ['email', 'sms', 'telegram', 'web', 'messages'] as const;

/** Notes down what a customer said they want to hear of our own accord, and by which channel. */
export function WishesForm({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { t } = useI18n();
  const isSpoken = useTexts('outreach');
  const known = useQuery({
    queryKey: keys.contactWishes(view.id),
    queryFn: ({ signal }) => outreach.wishes(view.id, signal),
    gcTime: 0,
  });
  return (
    <Dialog onClose={onClose} title={t('people.wishes')}>
      {known.isError && <Failed error={known.error} retry={() => void known.refetch()} />}
      {known.data && isSpoken ? (
        <Fields view={view} known={known.data} onClose={onClose} />
      ) : (
        !known.isError && <Skeleton height={220} />
      )}
    </Dialog>
  );
}

type State = ConsentWish['state'] | '';

function Fields({ view, known, onClose }: { view: ConversationView; known: ContactWishesView; onClose: () => void }) {
  const { t } = useI18n();
  const [kind, setKind] = useState(known.preferredKind);
  const [said, setSaid] = useState<Partial<Record<OutreachPurpose, State>>>(
    Object.fromEntries(known.consents.map(({ purpose, state }) => [purpose, state])),
  );
  const save = useAction(
    () =>
      outreach.setWishes(view.id, {
        preferredKind: kind,
        consents: purposes.flatMap((purpose) => {
          const state = said[purpose];
          return state ? [{ purpose, state }] : [];
        }),
      }),
    () => {
      notify(t('outreach.saved'), 'good');
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <p className="merge-intro">{t('outreach.wishesHint')}</p>
        <NativeSelect
          label={t('outreach.wishedChannel')}
          value={kind ?? ''}
          data={[
            { value: '', label: t('outreach.wishedNone') },
            ...kinds.map((value) => ({ value, label: t(`channel.${value}`) })),
          ]}
          onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? null)}
        />
        {purposes.map((purpose) => (
          <NativeSelect
            key={purpose}
            label={t(`outreach.purpose_${purpose}`)}
            value={said[purpose] ?? ''}
            data={[
              {
                value: '',
                label: t('outreach.said_nothing'),
                disabled: known.consents.some((one) => one.purpose === purpose),
              },
              ...(['given', 'withdrawn'] as const).map((value) => ({ value, label: t(`outreach.said_${value}`) })),
            ]}
            onChange={(event) => setSaid({ ...said, [purpose]: event.currentTarget.value as State })}
          />
        ))}
        <DialogEnd submit={t('common.save')} isBusy={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
