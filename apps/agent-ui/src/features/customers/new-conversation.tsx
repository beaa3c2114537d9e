import { Button, Loader, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../api/keys.js';
import { people, type FoundCustomer } from '../../api/people.js';
import { latinDigits } from '../../i18n/latin-digits.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { Ltr } from '../../ui/ltr.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { useShownAddress } from '../../ui/use-shown-address.js';
import './customers.css';
import { OpeningForm } from './opening-form.js';

/** Whom the conversation is for: somebody known, somebody new who may be called so, or nobody yet. */
type Chosen = { known: FoundCustomer } | { typed: string } | null;

/** Writes to somebody first: finds them or takes them down, and says what it is about. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const isSpoken = useTexts('customers');
  const [chosen, setChosen] = useState<Chosen>(null);
  if (!isSpoken) {
    return null;
  }
  return (
    <Dialog title={t('opening.title')} onClose={onClose}>
      {chosen === null ? (
        <Who onChoose={setChosen} />
      ) : (
        <OpeningForm
          known={'known' in chosen ? chosen.known : null}
          typed={'typed' in chosen ? chosen.typed : ''}
          onBack={() => setChosen(null)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function Who({ onChoose }: { onChoose: (chosen: Chosen) => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  return (
    <Stack>
      <TextInput
        label={t('opening.who')}
        description={t('opening.whoHint')}
        dir={typed ? 'auto' : undefined}
        data-autofocus
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Few typed={typed} onChoose={(known) => onChoose({ known })} />
      <Button variant="light" onClick={() => onChoose({ typed: typed.trim() })}>
        {t('opening.somebodyNew')}
      </Button>
    </Stack>
  );
}

/** How long somebody pauses who has typed what they look for, in milliseconds. */
const pauseMs = 200;
const fewLetters = 2;

function Few({ typed, onChoose }: { typed: string; onChoose: (known: FoundCustomer) => void }) {
  const nameOf = useCustomerName();
  const shownAddress = useShownAddress();
  const [wanted] = useDebouncedValue(latinDigits(typed.trim()), pauseMs);
  const found = useQuery({
    queryKey: keys.fewCustomers(wanted),
    queryFn: ({ signal }) => people.few(wanted, signal),
    enabled: wanted.length >= fewLetters,
  });
  if (found.isLoading) {
    return <Loader size="sm" />;
  }
  return (
    <ul className="opening-found">
      {(found.data?.rows ?? []).map((row) => (
        <li key={row.id}>
          <button type="button" onClick={() => onChoose(row)}>
            <PersonAvatar name={nameOf(row)} />
            <span className="customers-who">
              <bdi className="one-line">{nameOf(row)}</bdi>
              <Ltr className="one-line">{[...row.identities, ...row.claims].map(shownAddress).join(', ')}</Ltr>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
