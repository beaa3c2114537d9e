import { useQuery } from '@tanstack/react-query';
import type { MacroView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { KeptList } from './kept-list.js';
import { MacroForm } from './macro-form.js';

/** Macros: everybody's and one's own, with those that name something that is gone. */
export function MacrosList({ overseesAll }: { overseesAll: boolean }) {
  const { t } = useI18n();
  const list = useQuery({ queryKey: keptKeys.macros, queryFn: ({ signal }) => kept.macros(signal) });
  return (
    <KeptList
      title={t('kept.macros')}
      intro={t('kept.macrosIntro')}
      add={t('kept.addMacro')}
      none={t('kept.noMacros')}
      list={list}
      wordsOf={({ name }) => name}
      line={(macro) => <Line macro={macro} />}
      form={(macro, done) => <MacroForm macro={macro} overseesAll={overseesAll} onDone={done} />}
      mayAdd
      mayOpen={({ personal }) => overseesAll || personal}
    />
  );
}

function Line({ macro: { name, actions, broken, personal, used, usedAt } }: { macro: MacroView }) {
  const { t, format } = useI18n();
  const [first] = broken;
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          {actions.map((action) => t(`kept.do_${action.do}`, { defaultValue: action.do })).join(t('kept.listJoin'))}
        </small>
        <small>
          {t('kept.used', { times: format.number(used), count: used })}
          {usedAt && ` · ${t('kept.lastUsed', { when: format.dateTime(usedAt) })}`}
        </small>
        {first && (
          <span className="channels-problem">
            {t('kept.stepBroken', { step: first.index + 1, what: t(`kept.gone_${first.what}`) })}
          </span>
        )}
      </span>
      {broken.length > 0 && (
        <span className="chip" data-tone="bad">
          {t('kept.broken')}
        </span>
      )}
      {personal && <span className="chip">{t('kept.mine')}</span>}
    </>
  );
}
