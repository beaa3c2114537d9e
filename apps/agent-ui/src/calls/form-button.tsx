import { Button, type ButtonProps } from '@mantine/core';
import { Suspense, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.js';

interface Props extends Pick<ButtonProps, 'leftSection'> {
  size?: ButtonProps['size'] | undefined;
  variant?: ButtonProps['variant'] | undefined;
  /** Asked once its words are there. */
  label: () => string;
  /** What is asked first; loaded when it is opened. */
  form: (close: () => void) => ReactNode;
}

/** Does something with a call, after a question. */
export function FormButton({ size = 'compact-sm', variant = 'light', leftSection, label, form }: Props) {
  const isSpoken = useTexts('phone');
  const [isOpen, setOpen] = useState(false);
  return (
    isSpoken && (
      <>
        <Button size={size} variant={variant} leftSection={leftSection} onClick={() => setOpen(true)}>
          {label()}
        </Button>
        {isOpen && <Suspense>{form(() => setOpen(false))}</Suspense>}
      </>
    )
  );
}
