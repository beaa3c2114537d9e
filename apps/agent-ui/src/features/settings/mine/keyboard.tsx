import { Button } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useChangePreferences } from '../../../live/use-change-me.js';
import { useCommands } from '../../../ui/commands.js';
import { usePreferences } from '../../../ui/preferences.js';
import { OneOf, Part } from './parts.js';

/** How the keys behave, and where all of them are told. */
export function Keyboard() {
  const { t } = useI18n();
  const { keys } = usePreferences();
  const change = useChangePreferences();
  const help = useCommands((commands) => commands.help);
  return (
    <Part title={t('mine.keyboard')}>
      <OneOf
        label={t('mine.keys')}
        hint={t('mine.keysHint')}
        value={keys}
        choices={(['single', 'alt', 'off'] as const).map((value) => ({ value, label: t(`mine.keys_${value}`) }))}
        onChange={(value) => change({ keys: value })}
      />
      <div className="mine-more">
        <Button variant="default" size="xs" onClick={() => help?.()}>
          {t('mine.keysAll')}
        </Button>
      </div>
    </Part>
  );
}
