import { NativeSelect, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Endpoint } from '../../api/phone.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import './endpoint.css';
import { endpointKinds, isEndpoint, tidyAddress } from './endpoint-rules.js';

interface Props {
  endpoint: Endpoint | null;
  hint: 'hint' | 'ownHint';
  /** What the hub has against it; undefined while it has nothing. */
  error?: string | undefined;
  onChange: (endpoint: Endpoint | null) => void;
}

/** Where calls ring for somebody. What cannot be rung is said as soon as the field is left. */
export function EndpointFields({ endpoint, hint, error, onChange }: Props) {
  const isSpoken = useTexts('phone');
  const { t } = useI18n();
  const title = useId();
  const [isLeft, setLeft] = useState(false);
  if (!isSpoken) {
    return null;
  }
  const put = (kind: Endpoint['kind'], typed: string) => onChange({ kind, address: typed });
  const isBad =
    endpoint !== null && isLeft && !isEndpoint({ ...endpoint, address: tidyAddress(endpoint.kind, endpoint.address) });
  return (
    <fieldset className="endpoint" aria-describedby={title}>
      <legend>{t('endpoint.title')}</legend>
      <p className="settings-hint" id={title}>
        {t(`endpoint.${hint}`)}
      </p>
      <div className="endpoint-fields">
        <NativeSelect
          label={t('endpoint.kind')}
          value={endpoint?.kind ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const kind = endpointKinds.find((one) => one === value);
            setLeft(false);
            onChange(kind ? { kind, address: '' } : null);
          }}
          data={[
            { value: '', label: t('endpoint.kind_none') },
            ...endpointKinds.map((kind) => ({ value: kind, label: t(`endpoint.kind_${kind}`) })),
          ]}
        />
        {endpoint && (
          <TextInput
            label={t(`endpoint.address_${endpoint.kind}`)}
            description={t(`endpoint.hint_${endpoint.kind}`)}
            dir="ltr"
            type={endpoint.kind === 'sip' ? 'text' : 'tel'}
            autoComplete="off"
            spellCheck={false}
            required
            maxLength={255}
            error={isBad ? t(`endpoint.bad_${endpoint.kind}`) : error}
            value={endpoint.address}
            onChange={(event) => put(endpoint.kind, event.currentTarget.value)}
            onBlur={() => {
              setLeft(true);
              put(endpoint.kind, tidyAddress(endpoint.kind, endpoint.address));
            }}
          />
        )}
      </div>
    </fieldset>
  );
}
