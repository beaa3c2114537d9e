import { Button } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import { notify } from '../../ui/notify.js';

/** The one line that puts the chat into a site. */
export function WidgetSnippet({ channelId }: { channelId: string }) {
  const { t } = useI18n();
  const snippet = `<script async src="${location.origin}/widget.js" data-channel="${channelId}"></script>`;
  const copy = async () => {
    await navigator.clipboard.writeText(snippet);
    notify(t('common.copied'));
  };
  return (
    <div className="snippet">
      <p>{t('settings.snippet')}</p>
      <pre dir="ltr">{snippet}</pre>
      {'clipboard' in navigator && (
        <Button variant="default" size="xs" onClick={() => void copy()}>
          {t('common.copy')}
        </Button>
      )}
    </div>
  );
}
