import { Button } from '@mantine/core';
import type { ConversationView } from '#contract';
import { wayKey } from '../../api/drafts.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { useI18n } from '../../i18n/use-i18n.js';
import type { Composing } from './use-composer.js';
import { findBetterWay } from './wished-way.js';

/** Says that the visitor left the chat and where they asked to be answered, or that they are back. It goes there by the agent's own click. */
export function BetterWayHint({ view, composing }: { view: ConversationView; composing: Composing }) {
  const { t } = useI18n();
  const better = findBetterWay(view.customer, view.ways, composing.way);
  if (!better) {
    return null;
  }
  const use = better.way && (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => better.way && composing.change({ way: wayKey(better.way) })}
    >
      {better.kind === 'gone' ? t(`composer.wishUse_${better.wish.way}`) : t('composer.wishBackUse')}
    </Button>
  );
  return (
    <div className="composer-better">
      <output>
        {better.kind === 'back'
          ? t('composer.wishBack')
          : t(`composer.wish_${better.wish.way}`, { address: isolateLtr(better.wish.address) })}{' '}
        {better.kind === 'gone' && !better.way && better.wish.way === 'telegram' && t('composer.wishPending')}
        {better.kind === 'gone' && better.way?.claimed && t('composer.wishClaimed')}
      </output>
      {use}
    </div>
  );
}
