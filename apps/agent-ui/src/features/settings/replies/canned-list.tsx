import { useQuery } from '@tanstack/react-query';
import type { CannedReplyView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { CannedForm } from './canned-form.js';
import { KeptList } from './kept-list.js';

/** Canned replies: everybody's and one's own. */
export function CannedList({ overseesAll }: { overseesAll: boolean }) {
  const { t } = useI18n();
  const list = useQuery({ queryKey: keptKeys.replies, queryFn: ({ signal }) => kept.replies(signal) });
  return (
    <KeptList
      title={t('kept.replies')}
      intro={t('kept.repliesIntro')}
      add={t('kept.addReply')}
      none={t('kept.noReplies')}
      list={list}
      wordsOf={({ short, title, texts }) => `${short} ${title} ${texts.en} ${texts.fa}`}
      line={(reply) => <Line reply={reply} />}
      form={(reply, done) => <CannedForm reply={reply} overseesAll={overseesAll} onDone={done} />}
      mayAdd
      mayOpen={({ personal }) => overseesAll || personal}
    />
  );
}

function Line({ reply: { short, title, texts, personal, used } }: { reply: CannedReplyView }) {
  const { t, format } = useI18n();
  const languages = (['en', 'fa'] as const).filter((one) => texts[one] !== '').map((one) => t(`language.${one}`));
  return (
    <>
      <span className="channels-name">
        <bdi>{title}</bdi>
        <small>
          <bdi className="replies-short">/{short}</bdi> · {languages.join(' · ')}
        </small>
        <small>{t('kept.used', { times: format.number(used), count: used })}</small>
      </span>
      {personal && <span className="chip">{t('kept.mine')}</span>}
    </>
  );
}
