import { NativeSelect, TextInput } from '@mantine/core';
import type { Endpoint } from '../../api/phone.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { endpointKinds, tidyAddress } from '../endpoint/endpoint-rules.js';

interface Props {
  phone: Endpoint;
  isChosen: boolean;
  onChoose: () => void;
  onChange: (phone: Endpoint) => void;
}

/** A phone that is nobody's of the team. */
export function OtherPhone({ phone, isChosen, onChoose, onChange }: Props) {
  const { t } = useI18n();
  const { kind, address } = phone;
  return (
    <fieldset className="transfer-list">
      <legend>{t('transfer.other')}</legend>
      <label className="transfer-row">
        <input type="radio" name="transfer" checked={isChosen} onChange={onChoose} />
        {t('transfer.otherPhone')}
      </label>
      {isChosen && (
        <div className="transfer-phone">
          <NativeSelect
            label={t('endpoint.kind')}
            value={kind}
            onChange={({ currentTarget: { value } }) => {
              const other = endpointKinds.find((one) => one === value) ?? kind;
              onChange({ kind: other, address: '' });
            }}
            data={endpointKinds.map((one) => ({ value: one, label: t(`endpoint.kind_${one}`) }))}
          />
          <TextInput
            label={t(`endpoint.address_${kind}`)}
            dir="ltr"
            type={kind === 'sip' ? 'text' : 'tel'}
            autoComplete="off"
            required
            maxLength={200}
            value={address}
            onChange={(event) => onChange({ kind, address: event.currentTarget.value })}
            onBlur={() => onChange({ kind, address: tidyAddress(kind, address) })}
          />
        </div>
      )}
    </fieldset>
  );
}
