import { Link } from '@tanstack/react-router';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChannelsSection } from './channels-section.js';
import { MySettings } from './my-settings.js';
import './settings.css';

type SettingsSection = 'mine' | 'channels';
const sections: readonly SettingsSection[] = ['mine', 'channels'];

export function SettingsPage({ section }: { section: string }) {
  const { t } = useI18n();
  const chosen = sections.find((one) => one === section) ?? 'mine';
  return (
    <main className="settings" id="content">
      <h1>{t('settings.title')}</h1>
      <nav aria-label={t('settings.sections')}>
        {sections.map((one) => (
          <Link
            key={one}
            to="/settings/$section"
            params={{ section: one }}
            aria-current={one === chosen ? 'page' : undefined}
          >
            {t(`settings.${one}`)}
          </Link>
        ))}
      </nav>
      <div className="settings-body">{chosen === 'mine' ? <MySettings /> : <ChannelsSection />}</div>
    </main>
  );
}
