import { Button, Skeleton, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ReviewView } from '#contract';
import { quality, qualityKeys } from '../../api/quality.js';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { ReviewSheet } from './review-sheet.js';

/** A review that stands, for those who review. */
export function FinishedReview({ id }: { id: string }) {
  const { t } = useI18n();
  const { id: me } = useMe();
  const [isAsked, setAsked] = useState(false);
  const answer = useQuery({ queryKey: qualityKeys.review(id), queryFn: ({ signal }) => quality.review(id, signal) });
  if (answer.isPending) {
    return <Skeleton height={200} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  const review = answer.data;
  return (
    <>
      <ReviewSheet review={review} />
      {!review.answer && <p className="quality-hint">{t('quality.noAnswer')}</p>}
      {review.agent.id !== me && (
        <Button variant="default" className="quality-reopen" onClick={() => setAsked(true)}>
          {t('quality.reopen')}
        </Button>
      )}
      {isAsked && <ReopenDialog review={review} onClose={() => setAsked(false)} />}
    </>
  );
}

function ReopenDialog({ review, onClose }: { review: ReviewView; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const reopen = useAction(
    (why: string) => quality.reopen(review.id, why),
    () => {
      onClose();
      void client.invalidateQueries({ queryKey: qualityKeys.all });
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reopen.mutate(reason.trim());
  };
  return (
    <Dialog title={t('quality.reopenNow')} onClose={onClose}>
      <form className="quality-form" onSubmit={submit}>
        <Textarea
          label={t('quality.reopenWhy')}
          description={t('quality.reopenHint')}
          required
          maxLength={500}
          dir="auto"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={reopen.isPending} disabled={reason.trim() === ''}>
          {t('quality.reopenNow')}
        </Button>
      </form>
    </Dialog>
  );
}
