import { Button } from '@mantine/core';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useRoutingTexts } from '../../i18n/use-routing-texts.js';
import { useChangeMe } from '../../live/use-change-me.js';
import { IconAway } from '../../ui/icons.js';
import { useLoad } from './use-load.js';

/** Tells an agent whom the hub set away that it did, and takes them back with one press. */
export function AwayBanner() {
  const isSpoken = useRoutingTexts();
  const { t } = useI18n();
  const me = useMe();
  const load = useLoad();
  const changeMe = useChangeMe();
  if (!isSpoken || me.status !== 'away' || load?.status !== 'away' || load.statusReason !== 'no_answer') {
    return null;
  }
  return (
    <span className="banner">
      <IconAway size={17} aria-hidden />
      <span className="banner-text">{t('load.setAway')}</span>
      <Button size="compact-sm" onClick={() => changeMe({ status: 'online' })}>
        {t('load.backOnline')}
      </Button>
    </span>
  );
}
