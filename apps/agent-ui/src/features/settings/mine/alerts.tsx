import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useChangePreferences } from '../../../live/use-change-me.js';
import { TimeField } from '../../../ui/dates/time-field.js';
import { notify } from '../../../ui/notify.js';
import { usePreferences, wishDesktop } from '../../../ui/preferences.js';
import { sample } from '../../../ui/sound.js';
import { OnOff, Part } from './parts.js';

/** A night, where quiet hours are turned on and not yet told. */
const aNight = { from: '22:00', to: '07:00' };

/** What sounds and shows itself, and when it does not. `more`: what another part of the console adds. */
export function Alerts({ more }: { more: ReactNode }) {
  const { t } = useI18n();
  const { sound, repeat, quiet } = usePreferences();
  const change = useChangePreferences();
  return (
    <Part title={t('mine.alerts')}>
      <OnOff
        label={t('mine.sound')}
        hint={t('mine.soundHint')}
        isOn={sound}
        onChange={(isOn) => change({ sound: isOn })}
      >
        <Button variant="default" size="xs" onClick={() => sample('work')}>
          {t('mine.soundTest')}
        </Button>
      </OnOff>
      {sound && (
        <OnOff
          label={t('mine.repeat')}
          hint={t('mine.repeatHint')}
          isOn={repeat}
          onChange={(isOn) => change({ repeat: isOn })}
        />
      )}
      <OnOff
        label={t('mine.quiet')}
        hint={t('mine.quietHint')}
        isOn={quiet !== null}
        onChange={(isOn) => change({ quiet: isOn ? aNight : null })}
      />
      {quiet && (
        <fieldset className="mine-quiet" aria-label={t('mine.quiet')}>
          <TimeField
            label={t('mine.quietFrom')}
            value={quiet.from}
            onChange={(from) => from !== null && change({ quiet: { ...quiet, from } })}
          />
          <TimeField
            label={t('mine.quietTo')}
            value={quiet.to}
            onChange={(to) => to !== null && change({ quiet: { ...quiet, to } })}
          />
        </fieldset>
      )}
      {'Notification' in window && <OfTheSystem />}
      {more}
    </Part>
  );
}

function OfTheSystem() {
  const { t } = useI18n();
  const { desktop } = usePreferences();
  const ask = async (wanted: boolean) => {
    const answer = wanted ? await Notification.requestPermission() : 'denied';
    wishDesktop(answer === 'granted');
    if (wanted && answer !== 'granted') {
      notify(t('mine.desktopDenied'), 'bad');
    }
  };
  return (
    <OnOff
      label={t('mine.desktop')}
      hint={t('mine.desktopHint')}
      isOn={desktop}
      onChange={(wanted) => void ask(wanted)}
    />
  );
}
