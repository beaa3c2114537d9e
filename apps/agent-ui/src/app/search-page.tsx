import { useNavigate, useSearch } from '@tanstack/react-router';
import { showMessage } from '../features/conversation/wanted-message.js';
import { SearchPage } from '../features/search/search-page.js';

export function SearchRoutePage() {
  const { q } = useSearch({ from: '/desk/search' });
  const navigate = useNavigate({ from: '/search' });
  return (
    <SearchPage wanted={q ?? ''} onSearch={(text) => void navigate({ search: { q: text } })} onShow={showMessage} />
  );
}
