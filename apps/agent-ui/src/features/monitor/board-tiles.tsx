import type { BoardMeasure } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useHubNow } from './board-clock.js';
import { toneOf, wholeValue } from './measure-values.js';
import { ToneIcon } from './tone-icon.js';
import type { ShownBoard } from './use-board.js';
import { useMeasureText } from './use-measure-text.js';

const tiles: readonly BoardMeasure[] = [
  'waiting',
  'longest_wait',
  'broken',
  'agents_online',
  'bot_share',
  'first_reply',
];

/** The few numbers that say how it goes, each with its limit where one is set. */
export function BoardTiles({ shown }: { shown: ShownBoard }) {
  const { t } = useI18n();
  return (
    <section className="board-tiles" aria-label={t('monitor.numbers')}>
      <dl>
        {tiles.map((measure) => (
          <Tile key={measure} measure={measure} shown={shown} />
        ))}
      </dl>
    </section>
  );
}

function Tile({ measure, shown }: { measure: BoardMeasure; shown: ShownBoard }) {
  const { t } = useI18n();
  const say = useMeasureText();
  const now = useHubNow(shown);
  const beside = useBeside(shown);
  const { board } = shown;
  const value = wholeValue(board, measure, now);
  const tone = toneOf(board, { queueId: null, measure }, value);
  const limit = board.thresholds.find((one) => one.queueId === null && one.measure === measure)?.limit;
  return (
    <div className="board-tile" data-tone={tone} data-measure={measure}>
      <dt>
        {t(`monitor.${measure}`)}
        <ToneIcon tone={tone} />
      </dt>
      <dd className="board-value">{say(measure, value)}</dd>
      <dd className="board-beside">
        {limit !== undefined && <span>{t('monitor.target', { limit: say(measure, limit) })}</span>}
        {beside[measure] && <span>{beside[measure]}</span>}
      </dd>
    </div>
  );
}

/** What a number is to be read with. */
function useBeside({ board }: ShownBoard): Partial<Record<BoardMeasure, string>> {
  const { t, format } = useI18n();
  const say = useMeasureText();
  const { calls, bots, firstReply, agentsBy } = board;
  const risks = say('at_risk', wholeValue(board, 'at_risk', 0));
  const here = agentsBy.online + agentsBy.busy + agentsBy.away;
  return {
    ...(calls.onLine > 0 && {
      waiting: t('monitor.callers', { count: calls.onLine, ringing: format.number(calls.ringing) }),
    }),
    broken: t('monitor.risks', { risks }),
    agents_online: t('monitor.here', { here: format.number(here), all: format.number(board.agents.length) }),
    ...(bots.of > 0 && {
      bot_share: t('monitor.ofTalks', { solved: format.number(bots.solved), all: format.number(bots.of) }),
    }),
    ...(firstReply.of > 0 && { first_reply: t('monitor.ofReplies', { count: firstReply.of }) }),
  };
}
