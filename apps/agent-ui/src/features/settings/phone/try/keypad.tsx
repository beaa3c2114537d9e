import { Button } from '@mantine/core';
import { KeyCaps } from '../../../../calls/card/key-caps.js';
import { useI18n } from '../../../../i18n/use-i18n.js';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

interface Props {
  typed: string;
  isBusy: boolean;
  onPress: (key: string) => void;
  onDone: () => void;
}

/** The keys of a telephone, in the order that every telephone has them in. */
export function Keypad({ typed, isBusy, onPress, onDone }: Props) {
  const { t } = useI18n();
  return (
    <div className="try-keys">
      {typed !== '' && (
        <div className="try-typed">
          <KeyCaps keys={typed} />
          <Button size="compact-sm" variant="light" disabled={isBusy} onClick={onDone}>
            {t('tryCall.saySend')}
          </Button>
        </div>
      )}
      <fieldset className="try-keypad" aria-label={t('tryCall.keypad')} dir="ltr">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            disabled={isBusy}
            aria-label={t('tryCall.key', { key })}
            onClick={() => onPress(key)}
          >
            {key}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
