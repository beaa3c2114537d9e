import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { hub } from '../../../api/hub.js';
import { isProblem } from '../../../api/problem.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { NewPassword } from '../../../ui/accounts/new-password.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { Part } from './parts.js';

const nothing = { currentPassword: '', newPassword: '' };

/** A new password for who knows the old one; whoever else is signed in with the account is signed out. */
export function Password() {
  const { t } = useI18n();
  const problemText = useProblemText();
  const isSpoken = useTexts('accounts');
  const [isOpen, setOpen] = useState(false);
  const [wish, setWish] = useState(nothing);
  const save = useMutation({
    mutationFn: hub.changeMe,
    onSuccess: () => {
      setWish(nothing);
      setOpen(false);
      notify(t('mine.passwordSaved'), 'good');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(wish);
  };
  const isOldWrong = save.isError && isProblem(save.error, 'wrong_password');
  const problem = save.isError ? problemText(save.error) : undefined;
  return (
    <Part title={t('mine.account')}>
      <div className="mine-more">
        {isOpen && isSpoken ? (
          <form onSubmit={submit}>
            <Stack gap="sm" maw={340}>
              <PasswordInput
                label={t('mine.passwordNow')}
                autoComplete="current-password"
                required
                value={wish.currentPassword}
                error={isOldWrong && problem}
                onChange={(event) => setWish({ ...wish, currentPassword: event.currentTarget.value })}
              />
              <NewPassword
                label={t('mine.passwordNew')}
                value={wish.newPassword}
                error={!isOldWrong && problem}
                onChange={(newPassword) => setWish({ ...wish, newPassword })}
              />
              <p className="settings-hint">{t('mine.passwordHint')}</p>
              <Button type="submit" loading={save.isPending}>
                {t('mine.password')}
              </Button>
            </Stack>
          </form>
        ) : (
          <Button variant="default" size="xs" onClick={() => setOpen(true)}>
            {t('mine.password')}
          </Button>
        )}
      </div>
    </Part>
  );
}
