import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useChangePreferences } from '../../../live/use-change-me.js';
import { usePreferences } from '../../../ui/preferences.js';
import { OneOf, OnOff, Part, Row } from './parts.js';

const undoSeconds = [0, 5, 10, 20, 30];

/** How one writes, sends and goes on. */
export function Writing() {
  const { t } = useI18n();
  const { enterSends, afterResolve } = usePreferences();
  const change = useChangePreferences();
  return (
    <Part title={t('mine.writing')}>
      <OnOff
        label={t('mine.enterSends')}
        hint={t('mine.enterSendsHint')}
        isOn={enterSends}
        onChange={(isOn) => change({ enterSends: isOn })}
      />
      <TakingBack way="email" />
      <TakingBack way="other" />
      <OneOf
        label={t('mine.afterResolve')}
        value={afterResolve}
        choices={(['stay', 'next'] as const).map((value) => ({ value, label: t(`mine.afterResolve_${value}`) }))}
        onChange={(value) => change({ afterResolve: value })}
      />
    </Part>
  );
}

/** For how long what was sent can be taken back. */
function TakingBack({ way }: { way: 'email' | 'other' }) {
  const { t } = useI18n();
  const { undo } = usePreferences();
  const change = useChangePreferences();
  const id = useId();
  const offered = [...new Set([...undoSeconds, undo[way]])].toSorted((one, other) => one - other);
  return (
    <Row label={t(`mine.undo_${way}`)} hint={t(`mine.undoHint_${way}`)} labelId={id}>
      <NativeSelect
        aria-labelledby={id}
        value={String(undo[way])}
        onChange={(event) => change({ undo: { ...undo, [way]: Number(event.currentTarget.value) } })}
        data={offered.map((count) => ({
          value: String(count),
          label: count === 0 ? t('mine.undoOff') : t('mine.undoSeconds', { count }),
        }))}
      />
    </Row>
  );
}
