import { CloseButton } from '@mantine/core';
import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconAlert } from '../../../ui/icons.js';
import { Ltr } from '../../../ui/ltr.js';
import { addAddresses, isAddress, readAddresses, removeAddresses } from './mail-addresses.js';

interface Props {
  label: string;
  addresses: readonly string[];
  onChange: (addresses: string[]) => void;
  /** Somebody went on and left the field empty. */
  onLeave: () => void;
  /** The field was opened by hand and waits for the first address. */
  isAwaited: boolean;
}

/** Addresses as they are added, each with a way to take it out again. What is no address stays and says so. */
export function AddressField({ label, addresses, onChange, onLeave, isAwaited }: Props) {
  const { t } = useI18n();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const take = (written: string) => {
    onChange(addAddresses(addresses, readAddresses(written)));
    setTyped('');
  };
  const leave = () => {
    if (addresses.length === 0 && readAddresses(typed).length === 0) {
      onLeave();
    }
    take(typed);
  };
  const remove = (address: string) => {
    onChange(removeAddresses(addresses, [address]));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    const divides = ['Enter', ',', ';', '،', '؛'].includes(event.key);
    if (divides && typed.trim() !== '') {
      event.preventDefault();
      take(typed);
    } else if (event.key === 'Backspace' && typed === '' && addresses.length > 0) {
      event.preventDefault();
      setTyped(addresses.at(-1) ?? '');
      onChange(addresses.slice(0, -1));
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text');
    if (readAddresses(pasted).length > 1) {
      event.preventDefault();
      take(`${typed},${pasted}`);
    }
  };
  return (
    <div className="address-field">
      <label htmlFor={id}>{label}</label>
      <ul>
        {addresses.map((address) => (
          <li key={address} className="chip" data-tone={isAddress(address) ? undefined : 'bad'}>
            {!isAddress(address) && <IconAlert size={13} aria-hidden />}
            <Ltr>{address}</Ltr>
            {!isAddress(address) && <span className="unseen">{t('composer.notAnAddress')}</span>}
            <CloseButton
              size="sm"
              aria-label={t('composer.removeAddress', { address })}
              onClick={() => remove(address)}
            />
          </li>
        ))}
        <li className="address-field-typed">
          <input
            ref={input}
            id={id}
            type="text"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- The agent has just asked for this field.
            autoFocus={isAwaited}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={leave}
          />
        </li>
      </ul>
    </div>
  );
}
