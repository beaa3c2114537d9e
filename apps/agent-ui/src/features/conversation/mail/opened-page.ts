import { create } from 'zustand';

/** The mail whose page is looked at. It is kept outside the timeline, which forgets entries that scroll away. */
interface OpenedPage {
  id: string;
  subject: string | null;
  hasSource: boolean;
}

export const useOpenedPage = create<{ mail: OpenedPage | null }>()(() => ({ mail: null }));

export function openPage(mail: OpenedPage): void {
  useOpenedPage.setState({ mail });
}

export function closePage(): void {
  useOpenedPage.setState({ mail: null });
}
