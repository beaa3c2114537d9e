import { Button, FileButton, Group, Stack } from '@mantine/core';
import type { BrandView } from '#contract';
import { brand } from '../../../api/brand.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  logo: string | null;
  onChange: (next: BrandView) => void;
}

/** The picture of the organisation. It is stored as soon as it is chosen. */
export function BrandLogo({ logo, onChange }: Props) {
  const { t } = useI18n();
  const put = useAction(async (file: File) => brand.putLogo(await contentOf(file)), onChange);
  const remove = useAction(() => brand.removeLogo(), onChange);
  return (
    <fieldset className="form-part">
      <legend>{t('brand.logo')}</legend>
      <Stack gap="sm">
        <p className="settings-hint">{t('brand.logoHint')}</p>
        {logo !== null && <img className="brand-logo" src={logo} alt={t('brand.logoAlt')} />}
        <Group gap="xs">
          <FileButton accept="image/png,image/jpeg" onChange={(file) => file && put.mutate(file)}>
            {(props) => (
              <Button {...props} variant="default" size="xs" loading={put.isPending}>
                {t('brand.logoChoose')}
              </Button>
            )}
          </FileButton>
          {logo !== null && (
            <Button
              variant="subtle"
              color="red"
              size="xs"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined)}
            >
              {t('brand.logoRemove')}
            </Button>
          )}
        </Group>
      </Stack>
    </fieldset>
  );
}

/** The file in base64. What is too large or no picture is for the hub to refuse. */
async function contentOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  bytes.forEach((byte) => (text += String.fromCodePoint(byte)));
  return btoa(text);
}
