import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AuditProofView } from '#contract';
import { administration } from '../../../api/administration.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Ltr } from '../../../ui/ltr.js';
import { useAction } from '../../../ui/use-action.js';

/** Whether somebody changed the record behind the hub's back, and the hash by which a cut tail would be seen. */
export function AuditProof() {
  const { t } = useI18n();
  const [proof, setProof] = useState<AuditProofView | null>(null);
  const verify = useAction(() => administration.verifyAudit(), setProof);
  return (
    <section className="audit-proof" aria-label={t('audit.proof')}>
      <Button variant="light" size="xs" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
        {t('audit.verify')}
      </Button>
      <output>{proof && <Outcome proof={proof} />}</output>
    </section>
  );
}

function Outcome({ proof: { intact, entries, newest, broken } }: { proof: AuditProofView }) {
  const { t, format } = useI18n();
  return (
    <>
      <p data-tone={intact ? 'good' : 'bad'}>
        {intact
          ? t('audit.intact', { count: entries })
          : t(`audit.broken_${broken?.why ?? 'link'}`, { when: broken ? format.dateTime(broken.at) : '' })}
      </p>
      {broken && (
        <p>
          <Ltr className="audit-hash">{broken.id}</Ltr>
        </p>
      )}
      {newest && (
        <>
          <p className="settings-hint">{t('audit.writeDown')}</p>
          <Ltr className="audit-hash">{newest.hash}</Ltr>
        </>
      )}
    </>
  );
}
