import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { hub } from '../../api/hub.js';
import { people, type FoundCustomer } from '../../api/people.js';
import { isProblem } from '../../api/problem.js';
import { useMe, useQueues } from '../../api/queries.js';
import { latinDigits } from '../../i18n/latin-digits.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { notify } from '../../ui/notify.js';
import { useProblemText } from '../../ui/problem-text.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { AlreadyKnown } from './already-known.js';
import { createBeginning, isInDoubt } from './beginning.js';
import { guessWho } from './guess-who.js';

interface Props {
  /** Whom it is for; null: somebody new. */
  known: FoundCustomer | null;
  /** What was looked for before it was somebody new. */
  typed: string;
  onBack: () => void;
  onClose: () => void;
}

interface Draft {
  name: string;
  email: string;
  phone: string;
  locale: 'en' | 'fa';
  subject: string;
  queueId: string;
}

/** What the conversation is about, and of somebody new who they are. The message itself is written in the conversation. */
export function OpeningForm({ known, typed, onBack, onClose }: Props) {
  const { t, locale } = useI18n();
  const nameOf = useCustomerName();
  const queues = useOwnQueues();
  const [draft, setDraft] = useState<Draft>({ ...guessWho(typed), locale, subject: '', queueId: '' });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const chosen = { ...draft, queueId: draft.queueId || (queues[0]?.id ?? '') };
  const begin = useBegin(known, onClose);
  const isKnown = isProblem(begin.error) && begin.error.problem.code === 'customer_known';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate({ draft: chosen, evenIfKnown: isKnown });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Group justify="space-between">
          <strong>{known ? <bdi>{nameOf(known)}</bdi> : t('opening.somebodyNew')}</strong>
          <Button variant="subtle" size="compact-sm" onClick={onBack}>
            {t('opening.other')}
          </Button>
        </Group>
        {known === null && (
          <NewPerson
            draft={draft}
            onChange={(part) => {
              begin.reset();
              change(part);
            }}
          />
        )}
        {isKnown && <AlreadyKnown addresses={[draft.email, draft.phone]} onClose={onClose} />}
        <TextInput
          label={t('opening.subject')}
          required
          maxLength={500}
          value={draft.subject}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('opening.queue')}
          value={chosen.queueId}
          onChange={(event) => change({ queueId: event.currentTarget.value })}
          data={queues.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <p className="opening-hint">{t('opening.next')}</p>
        <Group justify="end">
          <Button type="submit" loading={begin.isPending}>
            {isKnown ? t('opening.anyway') : t('opening.begin')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function NewPerson({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const { t } = useI18n();
  return (
    <>
      <TextInput
        label={t('opening.name')}
        data-autofocus
        maxLength={200}
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('opening.phone')}
        dir="ltr"
        inputMode="tel"
        value={draft.phone}
        onChange={(event) => onChange({ phone: event.currentTarget.value })}
      />
      <TextInput
        label={t('opening.email')}
        dir="ltr"
        inputMode="email"
        value={draft.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('opening.language')}
        value={draft.locale}
        onChange={(event) => onChange({ locale: event.currentTarget.value === 'fa' ? 'fa' : 'en' })}
        data={(['fa', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
      />
    </>
  );
}

/** An agent begins work in queues of theirs; who oversees all, in any. */
function useOwnQueues() {
  const { id, role, ownRole } = useMe();
  const seesAll = role !== 'agent' && ownRole?.sees !== 'own_queues';
  return useQueues().filter(({ memberIds }) => seesAll || memberIds.includes(id));
}

function useBegin(known: FoundCustomer | null, onClose: () => void) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [begin] = useState(() => createBeginning({ openTicket: hub.openTicket, openCustomer: people.open }));
  return useMutation({
    mutationFn: async ({ draft, evenIfKnown }: { draft: Draft; evenIfKnown: boolean }) => {
      const { subject, queueId } = { ...draft, subject: draft.subject.trim() };
      if (known) {
        return begin({ conversation: known.conversation, subject, queueId });
      }
      const { name, locale } = draft;
      const [email, phone] = [draft.email, draft.phone].map((address) => latinDigits(address).trim());
      const customer = {
        name,
        locale,
        subject,
        queueId,
        evenIfKnown,
        ...(email && { email }),
        ...(phone && { phone }),
      };
      return begin({ customer });
    },
    onSuccess: ({ conversation, ticket }) => {
      onClose();
      void navigate({ to: '/inbox/$view/$conversation', params: { view: 'all', conversation }, search: { ticket } });
    },
    onError: (error) => {
      // That somebody is known is said where it is decided what to do about it.
      if (!isProblem(error, 'customer_known')) {
        notify(isInDoubt(error) ? t('opening.inDoubt') : problemText(error), 'bad');
      }
    },
  });
}
