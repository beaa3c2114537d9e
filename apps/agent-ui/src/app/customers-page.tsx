import { useNavigate, useSearch } from '@tanstack/react-router';
import { CustomersPage } from '../features/customers/customers-page.js';

export function CustomersRoutePage() {
  const { q = '', tier, blocked } = useSearch({ from: '/desk/customers' });
  const navigate = useNavigate({ from: '/customers' });
  return (
    <CustomersPage
      filter={{ search: q, tier, blocked }}
      onFilter={({ search, ...rest }) => void navigate({ search: { ...rest, q: search || undefined }, replace: true })}
    />
  );
}
