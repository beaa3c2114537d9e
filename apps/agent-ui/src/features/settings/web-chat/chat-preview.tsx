import { SegmentedControl, Switch } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ChatFrame, type ChatFace } from './chat-frame.js';
import { isColour } from '../brand/contrast.js';
import type { WebChatValues } from './web-chat-values.js';

type Language = 'en' | 'fa';

/** The chat with settings that nobody has saved yet, in either language. */
export function ChatPreview({ name, values }: { name: string; values: WebChatValues }) {
  const { t, locale } = useI18n();
  const [language, setLanguage] = useState<Language>(locale);
  const [isOpen, setOpen] = useState(true);

  return (
    <section className="chat-preview" aria-label={t('webChat.preview')}>
      <div className="chat-preview-head">
        <SegmentedControl
          size="xs"
          value={language}
          onChange={(chosen) => setLanguage(chosen as Language)}
          data={[
            { value: 'en', label: 'English' },
            { value: 'fa', label: 'فارسی' },
          ]}
        />
        <Switch
          size="xs"
          label={t('webChat.previewOpen')}
          checked={isOpen}
          onChange={(event) => setOpen(event.currentTarget.checked)}
        />
      </div>
      <div className="chat-preview-stage">
        <ChatFrame title={t('webChat.preview')} face={faceOf(name, values, language)} isOpen={isOpen} />
      </div>
    </section>
  );
}

const pick = (texts: Record<Language, string>, language: Language): string => texts[language] || texts.en || texts.fa;

function faceOf(name: string, values: WebChatValues, locale: Language): ChatFace {
  const { title, greeting, colour, side } = values;
  return {
    name: pick(title, locale) || name,
    greeting: pick(greeting, locale),
    colour: isColour(colour) ? colour : '#006f77',
    side,
    locale,
  };
}
