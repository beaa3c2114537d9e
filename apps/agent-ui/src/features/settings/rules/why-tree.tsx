import type { RuleWhyView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { textKey, wordOf, type Field, type Operator, type Test } from './rule-draft.js';
import { useChoices } from './use-options.js';

/** Why conditions held or not: the same tree, each with its outcome, and each test with what it found. */
export function WhyTree({ why }: { why: RuleWhyView }) {
  const { t } = useI18n();
  const members = membersOf(why);
  if (members.length === 0 && why['test'] === undefined) {
    return <p className="settings-hint">{t('rule.always')}</p>;
  }
  return (
    <ul className="rule-why">
      <Node why={why} />
    </ul>
  );
}

function Node({ why }: { why: RuleWhyView }) {
  const { t } = useI18n();
  const members = membersOf(why);
  const kind = 'all' in why ? 'all' : 'any' in why ? 'any' : 'not';
  return (
    <li data-holds={why.holds}>
      <span className="chip" data-tone={why.holds ? 'good' : undefined}>
        {t(why.holds ? 'rule.holds' : 'rule.fails')}
      </span>{' '}
      {why['test'] === undefined ? t(`rule.why_${kind}`) : <Tested test={why['test'] as Test} saw={why['saw']} />}
      {members.length > 0 && (
        <ul>
          {members.map((member, index) => (
            <Node key={index} why={member} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Tested({ test, saw }: { test: Test; saw: unknown }) {
  const { t } = useI18n();
  const word = useWord(test.field);
  const value = test.value === undefined ? '' : word(test.value);
  return (
    <>
      {t(`rule.field_${textKey<Field>(test.field)}`)} {test.key !== undefined && <bdi>{test.key}</bdi>}{' '}
      {t(`rule.op_${test.op as Operator}`)} <bdi>{value}</bdi>
      <small>
        <bdi dir="auto">{t('rule.saw', { value: word(saw) })}</bdi>
      </small>
    </>
  );
}

function membersOf(why: RuleWhyView): RuleWhyView[] {
  const inside = why['all'] ?? why['any'] ?? (why['not'] === undefined ? [] : [why['not']]);
  return inside as RuleWhyView[];
}

/** How the value of a field is told: what it names by its name, and numbers as the reader writes them. */
function useWord(field: Field): (value: unknown) => string {
  const { t, format } = useI18n();
  const choices = useChoices(field);
  const one = (value: unknown): unknown => {
    const choice = choices.find((known) => known.value === value);
    if (choice) {
      return choice.label;
    }
    if (field === 'ticket.priority' && typeof value === 'number') {
      return t(`ticket.priority.${value as 1 | 2 | 3 | 4}`);
    }
    if (typeof value === 'boolean') {
      return t(value ? 'rule.yes' : 'rule.no');
    }
    return typeof value === 'number' ? format.digits(value) : value;
  };
  return (value) => say(Array.isArray(value) ? value.map(one) : one(value), t('rule.nothing'));
}

/** A value in one line. */
export function say(value: unknown, nothing: string): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return nothing;
  }
  if (Array.isArray(value)) {
    return value.map((one) => say(one, nothing)).join(' · ');
  }
  return wordOf(value) || JSON.stringify(value);
}
