import { Button, Menu } from '@mantine/core';
import { reports, type ReportQuestion } from '../../api/reports.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconDownload } from '../../ui/icons.js';

/** The report to take away. */
export function DownloadMenu({ question }: { question: ReportQuestion }) {
  const { t, locale } = useI18n();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={15} />}>
          {t('reports.download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'jsonl'] as const).map((format) => (
          <Menu.Item key={format} component="a" href={reports.file(question, format, locale)} download>
            {t(`reports.${format}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => window.print()}>{t('reports.print')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
