import { useI18n } from '../../i18n/use-i18n.js';
import { IconAlert, IconCheck } from '../../ui/icons.js';
import type { Tone } from './measure-values.js';

/** How a number stands to its limit, for those who see no colours and those who see nothing. */
export function ToneIcon({ tone, size = 16 }: { tone: Tone; size?: number }) {
  const { t } = useI18n();
  if (tone === 'plain') {
    return null;
  }
  const Icon = tone === 'good' ? IconCheck : IconAlert;
  return (
    <span className="tone-icon" data-tone={tone}>
      <Icon size={size} aria-hidden />
      <span className="unseen">{t(`monitor.tone_${tone}`)}</span>
    </span>
  );
}
