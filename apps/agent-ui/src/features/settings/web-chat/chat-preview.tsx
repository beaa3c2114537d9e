import { SegmentedControl, Switch } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { isColour, type WebChatValues } from './web-chat-values.js';

type Language = 'en' | 'fa';

/**
 * The chat itself, with settings that nobody has saved yet. It runs in a sandbox of its own origin, so it can neither store anything here
 * nor ask anybody for anything.
 */
export function ChatPreview({ name, values }: { name: string; values: WebChatValues }) {
  const { t, locale } = useI18n();
  const [language, setLanguage] = useState<Language>(locale);
  const [isOpen, setOpen] = useState(true);
  const [isReady, setReady] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    const listen = ({ source, data }: MessageEvent<unknown>) => {
      if (source === frame.current?.contentWindow && data === 'peyk-preview:ready') {
        setReady(true);
      }
    };
    addEventListener('message', listen);
    return () => removeEventListener('message', listen);
  }, []);

  useEffect(() => {
    if (isReady) {
      frame.current?.contentWindow?.postMessage(shownOf(name, values, language, isOpen), '*');
    }
  }, [isReady, name, values, language, isOpen]);

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
        <iframe
          ref={frame}
          src="/widget/preview.html"
          title={t('webChat.preview')}
          sandbox="allow-scripts"
          tabIndex={-1}
          inert
        />
      </div>
    </section>
  );
}

const pick = (texts: Record<Language, string>, language: Language): string => texts[language] || texts.en || texts.fa;

/** What the preview is told; see apps/agent-ui/src/widget/preview.ts. */
function shownOf(name: string, values: WebChatValues, locale: Language, isOpen: boolean): object {
  const { title, greeting, side } = values;
  const colour = isColour(values.colour) ? values.colour : '#006f77';
  const session = {
    token: '',
    visitor: 'preview',
    user: null,
    name: pick(title, locale) || name,
    greeting: pick(greeting, locale),
    colour,
    side,
    locale,
    at: Date.now(),
  };
  return { isOpen, session, messages: [] };
}
