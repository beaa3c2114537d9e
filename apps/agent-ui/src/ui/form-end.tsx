import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.js';
import { useProblemText } from './problem-text.js';
import './form-end.css';

interface Props {
  error: Error | null;
  isSaving: boolean;
  /** What the button that sends says, where it does more than save. */
  submit?: string;
  isDisabled?: boolean;
  onCancel: () => void;
  /** Other ways out, as of something that can be removed. */
  children?: ReactNode;
}

/** What stands below a form: what went wrong, and the ways out. */
export function FormEnd({ error, isSaving, submit, isDisabled = false, onCancel, children }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  return (
    <>
      {error && (
        <p className="form-problem" role="alert">
          {problemText(error)}
        </p>
      )}
      <Group>
        <Button type="submit" loading={isSaving} disabled={isDisabled}>
          {submit ?? t('common.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        {children}
      </Group>
    </>
  );
}
