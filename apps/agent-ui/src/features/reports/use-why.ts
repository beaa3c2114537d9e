import { useI18n } from '../../i18n/use-i18n.js';

const known = ['mailbox_off', 'no_right', 'failed', 'gone'] as const;

/** Why the hub did not do it, in words. What a mail server said stays as it said it. */
export function useWhy(): (why: string) => string {
  const { t } = useI18n();
  return (why) => {
    const code = known.find((one) => one === why);
    return code === undefined ? why : t(`reports.why.${code}`);
  };
}
