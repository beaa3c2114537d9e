import type { ReportColumn } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useChange } from './use-values.js';

interface Props {
  now: number | null;
  before: number | null;
  column: ReportColumn;
}

const arrows = { up: '▲', down: '▼', same: '' };

/** How a number moved: an arrow, how far in words, and whether that is good news. */
export function ChangeMark({ now, before, column }: Props) {
  const { t } = useI18n();
  const change = useChange()(now, before, column);
  if (!change) {
    return null;
  }
  return (
    <small className="reports-change" data-tone={change.tone} title={change.was}>
      <span aria-hidden>{arrows[change.way]}</span> {change.words}
      {change.tone !== 'plain' && <span className="unseen"> ({t(`reports.${change.tone}`)})</span>}
    </small>
  );
}
