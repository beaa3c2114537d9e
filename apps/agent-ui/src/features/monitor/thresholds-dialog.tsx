import { ActionIcon, Button, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { BoardMeasure, BoardThreshold, BoardView } from '#contract';
import { board as boardApi, type ThresholdDraft } from '../../api/board.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { IconSkipped } from '../../ui/icons.js';
import { useAction } from '../../ui/use-action.js';
import { measures, queueMeasures } from './measure-values.js';
import { useMeasureText } from './use-measure-text.js';

const hundred = 100;
const usualSeconds = 30;

/** What supervisors want to be told of. The board itself shows what became of it. */
export function ThresholdsDialog({ board, onClose }: { board: BoardView; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={t('monitor.alerts')} size="lg" onClose={onClose}>
      <p className="board-note">{t('monitor.limitsHint')}</p>
      <ul className="board-limits">
        {board.thresholds.map((limit) => (
          <Limit key={limit.id} limit={limit} board={board} />
        ))}
      </ul>
      {board.thresholds.length === 0 && <p>{t('monitor.noLimits')}</p>}
      <NewLimit board={board} />
    </Dialog>
  );
}

function useQueueName(board: BoardView): (id: string | null) => string {
  const { t } = useI18n();
  return (id) => (id === null ? t('monitor.everyQueue') : (board.queues.find((one) => one.id === id)?.name ?? '–'));
}

function Limit({ limit, board }: { limit: BoardThreshold; board: BoardView }) {
  const { t } = useI18n();
  const say = useMeasureText();
  const nameOf = useQueueName(board);
  const remove = useAction(boardApi.removeThreshold, () => undefined);
  const words = t('monitor.limitTold', {
    queue: nameOf(limit.queueId),
    measure: t(`monitor.${limit.measure}`),
    limit: say(limit.measure, limit.limit),
    seconds: limit.forSeconds,
  });
  return (
    <li>
      <span>{words}</span>
      <ActionIcon aria-label={t('monitor.removeLimit', { limit: words })} onClick={() => remove.mutate(limit.id)}>
        <IconSkipped size={17} />
      </ActionIcon>
    </li>
  );
}

function NewLimit({ board }: { board: BoardView }) {
  const { t } = useI18n();
  const [queueId, setQueue] = useState<string | null>(null);
  const [wanted, setMeasure] = useState<BoardMeasure>('waiting');
  const [limit, setLimit] = useState<number | string>('');
  const [forSeconds, setSeconds] = useState<number | string>(usualSeconds);
  const offered = queueId === null ? measures : queueMeasures;
  const measure = offered.includes(wanted) ? wanted : 'waiting';
  const set = useAction(
    (draft: ThresholdDraft) => boardApi.setThreshold(draft),
    () => setLimit(''),
  );
  const isShare = measure === 'bot_share';
  return (
    <form
      className="board-new-limit"
      onSubmit={(event) => {
        event.preventDefault();
        const written = Number(limit);
        set.mutate({ queueId, measure, limit: isShare ? written / hundred : written, forSeconds: Number(forSeconds) });
      }}
    >
      <NativeSelect
        label={t('monitor.queue')}
        value={queueId ?? ''}
        onChange={({ currentTarget: { value } }) => setQueue(value || null)}
        data={[
          { value: '', label: t('monitor.everyQueue') },
          ...board.queues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <NativeSelect
        label={t('monitor.measure')}
        value={measure}
        onChange={({ currentTarget: { value } }) => setMeasure(value as BoardMeasure)}
        data={offered.map((one) => ({ value: one, label: t(`monitor.${one}`) }))}
      />
      <NumberInput
        label={t(`monitor.limit_${unitOf(measure)}`)}
        required
        min={0}
        {...(isShare ? { max: hundred } : {})}
        value={limit}
        onChange={setLimit}
      />
      <NumberInput
        label={t('monitor.forSeconds')}
        required
        min={0}
        max={3600}
        value={forSeconds}
        onChange={setSeconds}
      />
      <Button type="submit" loading={set.isPending} disabled={limit === ''}>
        {t('monitor.setLimit')}
      </Button>
    </form>
  );
}

function unitOf(measure: BoardMeasure): 'share' | 'seconds' | 'least' | 'most' {
  switch (measure) {
    case 'bot_share':
      return 'share';
    case 'longest_wait':
    case 'first_reply':
      return 'seconds';
    case 'agents_online':
      return 'least';
    case 'waiting':
    case 'at_risk':
    case 'broken':
      return 'most';
  }
}
