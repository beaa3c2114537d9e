import { SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { BrandDraft } from '../../../api/brand.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ChatFrame } from '../web-chat/chat-frame.js';
import { isColour } from './contrast.js';

type Language = 'en' | 'fa';
type Theme = 'light' | 'dark';

/** An example of a mail and of a chat with what nobody has saved yet, in both languages, in the light and in the dark. */
export function BrandPreview({ draft, logo }: { draft: BrandDraft; logo: string | null }) {
  const { t, locale } = useI18n();
  const [language, setLanguage] = useState<Language>(locale);
  const [theme, setTheme] = useState<Theme>('light');
  const [settled] = useDebouncedValue(draft, 300);
  const accent = settled.accent !== null && isColour(settled.accent) ? settled.accent : null;
  const name = settled.name[language] || settled.name[language === 'fa' ? 'en' : 'fa'];
  const footer = settled.footer[language] || settled.footer[language === 'fa' ? 'en' : 'fa'];
  // The picture's own address is only there to load the page anew when it changes.
  const asked = new URLSearchParams({ locale: language, theme, name, footer, ...(accent && { accent }) });
  return (
    <section className="brand-preview" aria-label={t('brand.preview')}>
      <div className="brand-preview-head">
        <SegmentedControl
          size="xs"
          value={language}
          onChange={(chosen) => setLanguage(chosen as Language)}
          data={[
            { value: 'en', label: 'English' },
            { value: 'fa', label: 'فارسی' },
          ]}
        />
        <SegmentedControl
          size="xs"
          value={theme}
          onChange={(chosen) => setTheme(chosen as Theme)}
          data={(['light', 'dark'] as const).map((value) => ({ value, label: t(`brand.${value}`) }))}
        />
      </div>
      <h3>{t('brand.previewMail')}</h3>
      <iframe
        key={logo ?? ''}
        className="brand-mail"
        src={`/api/brand/preview?${asked.toString()}`}
        title={t('brand.previewMail')}
        sandbox=""
        tabIndex={-1}
        inert
      />
      <h3>{t('brand.previewChat')}</h3>
      <div className="chat-preview-stage brand-chat" data-theme={theme}>
        <ChatFrame
          title={t('brand.previewChat')}
          isOpen
          face={{
            name: name || 'Peyk',
            greeting: t('brand.example'),
            colour: accent ?? '#006f77',
            side: 'end',
            locale: language,
          }}
        />
      </div>
    </section>
  );
}
