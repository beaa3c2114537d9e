import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ProfilePage } from '../features/customer/profile/profile-page.js';
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

export function ProfileRoutePage() {
  const { customer } = useParams({ from: '/desk/customers/$customer' });
  return <ProfilePage key={customer} id={customer} />;
}
