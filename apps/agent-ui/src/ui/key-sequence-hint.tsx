import { useI18n } from '../i18n/use-i18n.js';
import { useTexts } from '../i18n/use-texts.js';
import { bindings, useCommands } from './commands.js';
import './key-sequence.css';

/** The second keys that lead somewhere now. It goes by itself, so it is shown and not announced. */
export function KeySequenceHint() {
  const { t } = useI18n();
  const isSpoken = useTexts('keys');
  const commands = useCommands();
  if (!isSpoken) {
    return null;
  }
  return (
    <div className="key-sequence" aria-hidden>
      <strong>{t('keys.hint')}</strong>
      {bindings
        .filter(({ command, group }) => group === 'go' && commands[command])
        .map(({ command, cap }) => (
          <span key={command}>
            <kbd dir="ltr">{cap}</kbd> {t(`keys.${command}`)}
          </span>
        ))}
    </div>
  );
}
