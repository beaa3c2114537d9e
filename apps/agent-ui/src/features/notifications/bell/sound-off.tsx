import { useI18n } from '../../../i18n/use-i18n.js';
import { useChangePreferences } from '../../../live/use-change-me.js';
import { IconSoundOff } from '../../../ui/icons.js';
import { usePreferences } from '../../../ui/preferences.js';
import { sample, useSoundState } from '../../../ui/sound.js';

/** Says that nothing can be heard, for whatever reason, and puts an end to it by one press. */
export function SoundOff() {
  const { t } = useI18n();
  const { sound } = usePreferences();
  const isBlocked = useSoundState(({ blocked }) => blocked);
  const change = useChangePreferences();
  if (sound && !isBlocked) {
    return null;
  }
  const label = t(sound ? 'alerts.soundBlocked' : 'alerts.soundOff');
  const turnOn = () => {
    if (!sound) {
      change({ sound: true });
    }
    sample('message');
  };
  return (
    <button type="button" className="rail-item rail-silent" aria-label={label} title={label} onClick={turnOn}>
      <IconSoundOff size={21} />
    </button>
  );
}
