import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { Values } from '../channel-fields.js';
import { mailProviders, providerOf, withPreset, type MailProvider } from './mail-presets.js';

interface Props {
  values: Values;
  onChange: (change: (values: Values) => Values) => void;
}

/** Who keeps the mailbox. The servers of the large ones are filled in, and what each wants to be signed in with is said. */
export function ProviderChoice({ values, onChange }: Props) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState(() => providerOf(values));
  return (
    <NativeSelect
      label={t('mailbox.provider')}
      description={t(`mailbox.hint_${chosen}`)}
      value={chosen}
      onChange={({ currentTarget: { value } }) => {
        setChosen(value as MailProvider);
        onChange((all) => withPreset(all, value as MailProvider));
      }}
      data={mailProviders.map((one) => ({ value: one, label: t(`mailbox.provider_${one}`) }))}
    />
  );
}
