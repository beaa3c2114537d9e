import { ActionIcon, Button, NativeSelect, Skeleton, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { QuestionKind, ScorecardView } from '#contract';
import { quality, qualityKeys, type QuestionDraft, type ScorecardDraft } from '../../api/quality.js';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconPlus, IconSkipped } from '../../ui/icons.js';
import { notify } from '../../ui/notify.js';
import { NumberField } from '../../ui/number-field.js';
import { Failed } from '../../ui/states.js';
import { TwoNames } from '../../ui/two-names.js';
import { useAction } from '../../ui/use-action.js';
import { keep, readKept } from '../../ui/kept-in-window.js';

const kinds: readonly QuestionKind[] = ['one_to_five', 'yes_no'];
const mostWeight = 100;
const mostQuestions = 30;
const mostWords = 200;

export function ScorecardScreen() {
  const answer = useQuery({
    queryKey: qualityKeys.scorecard,
    queryFn: ({ signal }) => quality.scorecard(signal),
  });
  if (answer.isPending) {
    return <Skeleton height={300} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  return <Form key={answer.data.version} scorecard={answer.data} />;
}

/** A question with a name of its own on this page, so that taking one out leaves the others their fields. */
type Row = QuestionDraft & { row: number };

const both = ({ en = '', fa = '' }: { en?: string; fa?: string }) => ({ en, fa });

function rowsOf({ questions }: ScorecardView): Row[] {
  return questions.map((question, row) => ({ ...question, name: both(question.name), row }));
}

interface Card {
  name: { en: string; fa: string };
  rows: Row[];
}

const savedCard = (scorecard: ScorecardView): Card => ({ name: both(scorecard.name), rows: rowsOf(scorecard) });

/** Changes that wait to be saved. They are of one version: what another supervisor saved meanwhile is not overwritten by them. */
function useBegun({ version }: ScorecardView) {
  const { id: account } = useMe();
  const place = `scorecard.${account}.${String(version)}`;
  const [begun, setBegun] = useState(() => readKept<Card>(place));
  const put = (next: Card | null) => {
    setBegun(next);
    keep(place, next);
  };
  return { begun, put, drop: () => put(null) };
}

function Form({ scorecard }: { scorecard: ScorecardView }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { begun, put, drop } = useBegun(scorecard);
  const { name, rows } = begun ?? savedCard(scorecard);
  const save = useAction(
    (draft: ScorecardDraft) => quality.changeScorecard(draft),
    (saved) => {
      drop();
      notify(t('quality.savedCard'));
      client.setQueryData(qualityKeys.scorecard, saved);
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const questions = rows.map(({ id, name: words, kind, weight, critical }) => ({
      ...(id !== undefined && { id }),
      name: words,
      kind,
      weight,
      critical,
    }));
    save.mutate({ version: scorecard.version, name, questions });
  };
  const setRows = (next: Row[]) => put({ name, rows: next });
  const change = (changed: Row) => setRows(rows.map((one) => (one.row === changed.row ? changed : one)));
  const add = () =>
    setRows([
      ...rows,
      {
        row: Math.max(...rows.map(({ row }) => row)) + 1,
        name: both({}),
        kind: 'one_to_five',
        weight: 1,
        critical: false,
      },
    ]);
  return (
    <form className="quality-card" onSubmit={submit}>
      <p className="quality-hint">
        {t('quality.version', { version: scorecard.version })} · {t('quality.scorecardHint')}
      </p>
      <div className="quality-row">
        <TwoNames
          labels={{ en: t('quality.cardEn'), fa: t('quality.cardFa') }}
          value={name}
          most={mostWords}
          isNeeded
          onChange={(next) => put({ name: next, rows })}
        />
      </div>
      <ol>
        {rows.map((row, index) => (
          <Question
            key={row.row}
            question={row}
            number={index + 1}
            onChange={change}
            {...(rows.length > 1 && { onRemove: () => setRows(rows.filter((one) => one !== row)) })}
          />
        ))}
      </ol>
      <p className="quality-acts">
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={rows.length >= mostQuestions}
          onClick={add}
        >
          {t('quality.addQuestion')}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t('quality.saveCard', { version: scorecard.version + 1 })}
        </Button>
        {begun && (
          <Button variant="subtle" onClick={drop}>
            {t('quality.undoCard')}
          </Button>
        )}
      </p>
      <output className="quality-hint">{begun && t('quality.cardUnsaved')}</output>
    </form>
  );
}

interface QuestionProps {
  question: Row;
  number: number;
  onChange: (question: Row) => void;
  onRemove?: () => void;
}

function Question({ question, number, onChange, onRemove }: QuestionProps) {
  const { t } = useI18n();
  return (
    <li aria-label={t('quality.questionNumber', { number })}>
      <div className="quality-row">
        <TwoNames
          labels={{ en: t('quality.questionEn'), fa: t('quality.questionFa') }}
          value={question.name}
          most={mostWords}
          isNeeded
          onChange={(name) => onChange({ ...question, name })}
        />
      </div>
      <div className="quality-terms">
        <NativeSelect
          label={t('quality.kind')}
          value={question.kind}
          onChange={(event) => onChange({ ...question, kind: event.currentTarget.value as QuestionKind })}
          data={kinds.map((value) => ({ value, label: t(`quality.kind_${value}`) }))}
        />
        <NumberField
          label={t('quality.weight')}
          least={1}
          most={mostWeight}
          value={question.weight}
          onChange={(weight) => onChange({ ...question, weight })}
        />
        <Switch
          label={t('quality.criticalMark')}
          checked={question.critical}
          onChange={(event) => onChange({ ...question, critical: event.currentTarget.checked })}
        />
        {onRemove && (
          <ActionIcon aria-label={t('quality.removeQuestion', { number })} onClick={onRemove}>
            <IconSkipped size={17} />
          </ActionIcon>
        )}
      </div>
    </li>
  );
}
