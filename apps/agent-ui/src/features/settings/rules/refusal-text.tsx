import { useI18n } from '../../../i18n/use-i18n.js';

const known = [
  'rate',
  'depth',
  'switched_off',
  'closed',
  'finished',
  'illegal_state',
  'nobody',
  'automatic',
  'too_many',
  'unreachable',
  'no_way',
  'failed',
] as const;

/** Why something was not done. */
export function RefusalText({ code, detail = '' }: { code: string; detail?: string }) {
  const { t } = useI18n();
  const found = known.find((one) => one === code);
  return (
    <>
      {found ? t(`rule.code_${found}`) : t('rule.code_other', { code })} {detail && <bdi>{detail}</bdi>}
    </>
  );
}
