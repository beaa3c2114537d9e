import type { CallView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconLock } from '../../ui/icons.js';
import './call-path.css';
import { isKeys, isMasked } from './call-stage.js';
import { KeyCaps } from './key-caps.js';

type Step = CallView['path'][number];

/** The way a caller took through a script, and what they pressed or said on it. */
export function CallPath({ path }: Pick<CallView, 'path'>) {
  const { t } = useI18n();
  return (
    path.length > 0 && (
      <details className="call-more">
        <summary>{t('callCard.path', { count: path.length })}</summary>
        <Steps path={path} />
      </details>
    )
  );
}

/** The steps themselves, oldest first. */
export function Steps({ path }: Pick<CallView, 'path'>) {
  return (
    <ol className="call-path">
      {path.map((step) => (
        <li key={`${step.node} ${step.at}`}>
          <span className="call-step">
            <bdi dir="auto">{step.node.replaceAll('_', ' ')}</bdi>
            {step.heard !== null && <Heard heard={step.heard} />}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Heard({ heard }: { heard: NonNullable<Step['heard']> }) {
  const { t } = useI18n();
  if (isMasked(heard)) {
    return (
      <span className="call-masked">
        <IconLock size={13} aria-hidden /> {t('callCard.masked')}
      </span>
    );
  }
  return isKeys(heard) ? <KeyCaps keys={heard} /> : <q dir="auto">{heard}</q>;
}
