import { useI18n } from '../../i18n/use-i18n.js';
import { qrPath } from './qr-path.js';

/** A text as a picture for the camera of a phone: dark on white in every colour scheme, as cameras want it. */
export function QrPicture({ text }: { text: string }) {
  const { t } = useI18n();
  const { side, path } = qrPath(text);
  return (
    <figure className="account-qr" aria-label={t('accounts.enrol.picture')}>
      <svg viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges" aria-hidden>
        <path d={path} />
      </svg>
    </figure>
  );
}
