import { Button } from '@mantine/core';
import type { LoadView } from '#contract';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useChangeMe } from '../../live/use-change-me.js';
import { IconAway } from '../../ui/icons.js';
import { useLoad } from './use-load.js';

/** Tells an agent whom the hub or a supervisor took from work that they did, and takes them back with one press. */
export function AwayBanner() {
  const isSpoken = useTexts('routing');
  const { t } = useI18n();
  const me = useMe();
  const load = useLoad();
  const changeMe = useChangeMe();
  const sentence = useSentence();
  if (!isSpoken || me.status === 'online' || load?.status !== me.status || load.statusReason === null) {
    return null;
  }
  return (
    <span className="banner">
      <IconAway size={17} aria-hidden />
      <span className="banner-text">{sentence(load)}</span>
      <Button size="compact-sm" onClick={() => changeMe({ status: 'online' })}>
        {t('load.backOnline')}
      </Button>
    </span>
  );
}

function useSentence(): (load: LoadView) => string {
  const { t } = useI18n();
  return ({ status, statusBy }) => {
    if (statusBy === null) {
      return t('load.setAway');
    }
    const set = { ...statusBy, status: t(`status.${status}`) };
    return t(statusBy.words === '' ? 'load.setBy' : 'load.setByWhy', set);
  };
}
