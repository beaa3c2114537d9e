import { Button, NativeSelect, Stack, Switch, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { hub } from '../../api/hub.js';
import { demoQuery, useMe } from '../../api/queries.js';
import { locales, type Locale } from '../../i18n/i18n.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useChangeMe } from '../../live/use-change-me.js';
import { notify } from '../../ui/notify.js';
import { usePreferences } from '../../ui/preferences.js';
import { play } from '../../ui/sound.js';
import { useAction } from '../../ui/use-action.js';

export function MySettings() {
  const { t, locale } = useI18n();
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const changeMe = useChangeMe();
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.mine')}</h2>
      </div>
      <Stack maw={560} gap="lg">
        <NativeSelect
          label={t('settings.language')}
          description={t('settings.languageHint')}
          value={locale}
          onChange={(event) => changeMe({ locale: event.currentTarget.value as Locale })}
          data={locales.map((one) => ({ value: one, label: t(`language.${one}`) }))}
        />
        <NativeSelect
          label={t('settings.theme')}
          value={colorScheme}
          onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
          data={[
            { value: 'auto', label: t('shell.themeAuto') },
            { value: 'light', label: t('shell.themeLight') },
            { value: 'dark', label: t('shell.themeDark') },
          ]}
        />
        <Alerts />
        <SingleKeys />
        {me.role === 'admin' && <DemoData />}
      </Stack>
    </>
  );
}

function Alerts() {
  const { t } = useI18n();
  const { sound, desktop } = usePreferences();
  const canNotify = 'Notification' in window;
  const askDesktop = async (wanted: boolean) => {
    const answer = wanted ? await Notification.requestPermission() : 'denied';
    usePreferences.setState({ desktop: answer === 'granted' });
    if (wanted && answer !== 'granted') {
      notify(t('settings.desktopDenied'), 'bad');
    }
  };
  return (
    <>
      <div className="settings-line">
        <Switch
          label={t('settings.sound')}
          description={t('settings.soundHint')}
          checked={sound}
          onChange={(event) => usePreferences.setState({ sound: event.currentTarget.checked })}
        />
        <Button variant="default" size="xs" disabled={!sound} onClick={() => play('work')}>
          {t('settings.soundTest')}
        </Button>
      </div>
      {canNotify && (
        <Switch
          label={t('settings.desktop')}
          description={t('settings.desktopHint')}
          checked={desktop}
          onChange={(event) => void askDesktop(event.currentTarget.checked)}
        />
      )}
    </>
  );
}

function SingleKeys() {
  const { t } = useI18n();
  const { singleKeys } = usePreferences();
  return (
    <Switch
      label={t('settings.singleKeys')}
      description={t('settings.singleKeysHint')}
      checked={singleKeys}
      onChange={(event) => usePreferences.setState({ singleKeys: event.currentTarget.checked })}
    />
  );
}

function DemoData() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const demo = useQuery(demoQuery);
  const remove = useAction(
    () => hub.removeDemo(),
    () => void queries.invalidateQueries(),
  );
  if (!demo.data?.present) {
    return null;
  }
  return (
    <section className="settings-line" aria-label={t('settings.demo')}>
      <p className="settings-hint">
        <strong>{t('settings.demo')}</strong> {t('settings.demoHint')}
      </p>
      <Button variant="light" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
        {t('settings.demoRemove')}
      </Button>
    </section>
  );
}
