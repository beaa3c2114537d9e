import { Link } from '@tanstack/react-router';
import type { SegmentPreviewView, SegmentWhyView } from '#contract';
import { useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { wordsOf } from '../../../ui/field-words.js';
import type { Field, Operator, Test } from './segment-draft.js';
import { useAttributes, useWayNames } from './use-segment-options.js';

/** Some who are in a segment, each with why. */
export function SegmentMembers({ preview }: { preview: SegmentPreviewView }) {
  const { t } = useI18n();
  if (preview.rows.length === 0) {
    return <p className="settings-hint">{t(preview.hasMore ? 'segment.noneSoon' : 'segment.nobody')}</p>;
  }
  return (
    <>
      <ul className="segment-members">
        {preview.rows.map(({ customerId, conversationId, name, why }) => (
          <li key={customerId}>
            <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: conversationId }}>
              <bdi>{name}</bdi>
            </Link>
            <details>
              <summary>{t('segment.why')}</summary>
              <ul className="segment-why">
                <Node why={why} />
              </ul>
            </details>
          </li>
        ))}
      </ul>
      {preview.hasMore && <p className="settings-hint">{t('segment.andMore')}</p>}
    </>
  );
}

function Node({ why }: { why: SegmentWhyView }) {
  const { t } = useI18n();
  const inside = (why['all'] ?? why['any'] ?? (why['not'] === undefined ? [] : [why['not']])) as SegmentWhyView[];
  const kind = 'all' in why ? 'all' : 'any' in why ? 'any' : 'not';
  return (
    <li>
      <span className="chip" data-tone={why.holds ? 'good' : undefined}>
        {t(why.holds ? 'segment.holds' : 'segment.fails')}
      </span>{' '}
      {why['test'] === undefined ? t(`segment.why_${kind}`) : <Tested test={why['test'] as Test} saw={why['saw']} />}
      {inside.length > 0 && (
        <ul>
          {inside.map((one, index) => (
            <Node key={index} why={one} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Tested({ test, saw }: { test: Test; saw: unknown }) {
  const { t, locale } = useI18n();
  const say = useWord();
  const name = useAttributes().find(({ key }) => key === test.key)?.name;
  const field: Field = test.field;
  const op: Operator = test.op;
  return (
    <>
      {t(`segment.fields.${field}`)} {test.key !== undefined && <bdi>{name ? wordsOf(name, locale) : test.key}</bdi>}{' '}
      {t(`segment.ops.${op}`)} <bdi>{say(test['value'] ?? test['days'] ?? test['factor'] ?? '')}</bdi>
      <small>
        <bdi dir="auto">{t('segment.saw', { value: say(saw) })}</bdi>
      </small>
    </>
  );
}

const instant = /^\d{4}-\d{2}-\d{2}T/u;

/** A value in one line, as its reader reads it. */
function useWord(): (value: unknown) => string {
  const { t, locale, format } = useI18n();
  const ways = useWayNames();
  const queues = useQueues();
  const attributes = useAttributes();
  const nameOf = (text: string): string => {
    const choice = attributes.flatMap(({ choices }) => choices).find(({ value }) => value === text);
    const named = [...ways, ...queues.map(({ id, name }) => ({ value: id, label: name }))];
    return choice ? wordsOf(choice.name, locale) : (named.find(({ value }) => value === text)?.label ?? text);
  };
  const say = (value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
      return t('segment.nothing');
    }
    if (Array.isArray(value)) {
      return value.map(say).join(' · ');
    }
    if (typeof value === 'number') {
      return format.number(value);
    }
    if (typeof value === 'boolean') {
      return t(value ? 'segment.yes' : 'segment.no');
    }
    return typeof value === 'string' ? sayText(value) : sayRhythm(value);
  };
  const sayText = (text: string): string => (instant.test(text) ? format.dateTime(text) : nameOf(text));
  const sayRhythm = (value: unknown): string => {
    const { quietDays = 0, medianDays = 0 } = value as { quietDays?: number; medianDays?: number };
    return t('segment.rhythmSaw', { quiet: format.number(quietDays), usual: format.number(medianDays) });
  };
  return say;
}
