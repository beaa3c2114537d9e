import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { frameOf, pageOf, policyOf, snippetOf, type ChatPlace } from './web-chat-values.js';

type Way = 'script' | 'link' | 'frame';

/** The ways onto a site, each to be copied as it stands. */
export function ChatInstall({ name, place }: { name: string; place: ChatPlace }) {
  const { t } = useI18n();
  const [way, setWay] = useState<Way>('script');
  return (
    <section className="snippet" aria-label={t('webChat.install')}>
      <h3>{t('webChat.install')}</h3>
      <SegmentedControl
        size="xs"
        aria-label={t('webChat.install')}
        value={way}
        onChange={(chosen) => setWay(chosen as Way)}
        data={[
          { value: 'script', label: t('webChat.byScript') },
          { value: 'link', label: t('webChat.byLink') },
          { value: 'frame', label: t('webChat.byFrame') },
        ]}
      />
      {way === 'script' && <Copied hint={t('webChat.byScriptHint')} text={snippetOf(place)} />}
      {way === 'script' && (
        <details>
          <summary>{t('webChat.policy')}</summary>
          <Copied hint={t('webChat.policyHint')} text={policyOf(place.hub)} />
        </details>
      )}
      {way === 'link' && <Copied hint={t('webChat.byLinkHint')} text={pageOf(place)} />}
      {way === 'frame' && <Copied hint={t('webChat.byFrameHint')} text={frameOf(place, name)} />}
    </section>
  );
}

/** A piece of text to be taken along. */
export function Copied({ hint, text }: { hint: string; text: string }) {
  const { t } = useI18n();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    notify(t('common.copied'));
  };
  return (
    <>
      <p className="settings-hint">{hint}</p>
      <pre dir="ltr">{text}</pre>
      {'clipboard' in navigator && (
        <Button variant="default" size="xs" onClick={() => void copy()}>
          {t('common.copy')}
        </Button>
      )}
    </>
  );
}
