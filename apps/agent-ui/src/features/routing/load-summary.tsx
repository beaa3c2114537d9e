import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import './offers.css';
import { useLoad } from './use-load.js';

/** How full the reader's hands are. It stands in a menu, so it is text with bars behind it and nothing to press. */
export function LoadSummary() {
  const isSpoken = useTexts('routing');
  const { t } = useI18n();
  const load = useLoad();
  if (!isSpoken || !load) {
    return null;
  }
  const { classes, usedUnits, capUnits, onShift, status, statusReason } = load;
  return (
    <div className="load">
      {status === 'away' && statusReason === 'no_answer' && <div className="load-said">{t('load.noAnswer')}</div>}
      <div className="load-said">{t(onShift ? 'load.onShift' : 'load.offShift')}</div>
      {classes.map((one) => (
        <LoadLine key={one.class} name={t(`load.class.${one.class}`)} used={one.used} cap={one.cap} />
      ))}
      <LoadLine name={t('load.units')} used={usedUnits} cap={capUnits} />
    </div>
  );
}

function LoadLine({ name, used, cap }: { name: string; used: number; cap: number }) {
  const { t, format } = useI18n();
  const share = cap === 0 ? 100 : Math.min(100, (used / cap) * 100);
  return (
    <div className="load-line">
      <span>{name}</span>
      <span>{t('load.of', { used: format.number(used), cap: format.number(cap) })}</span>
      <span className="load-bar" data-full={used >= cap || undefined} aria-hidden>
        <span style={{ inlineSize: `${share}%` }} />
      </span>
    </div>
  );
}
